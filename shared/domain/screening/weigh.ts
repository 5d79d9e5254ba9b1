import type { Cancels, Strength } from './meaning.js';
import type { Act } from './code-pack.js';
import type { ActHit, Hit, Scene, SuppressorHit, TargetHit } from './scene.js';

/** A strong act speaks of a contestant no further away than this, in words of the same sentence. */
const REACH = 14;
/** How many different weak acts come up to one strong one. */
const WEAK_NEEDED = 2;
/** A negation reaches this many words ahead in its clause. */
const NEGATION_REACH = 4;
/** *Tidak pernah bohong* is no criticism: a negation takes it back within so many words. */
const NEGATED_CRITICISM = 2;
/** A verb that has its own subject is only negated right before it: *tidak pada program, saya pilih …*. */
const OWN_NEGATION_REACH = 1;
/** Some ask only after they have said a lot, without a full stop. */
const QUESTION_REACH = 14;
/** A reply longer than this says itself what it is about. */
const SHORT_REPLY = 12;
/** Somebody is quoted only if words of one's own stand around the quotation. */
const OWN_WORDS_AROUND_QUOTE = 4;
/** Calls that a list of all contestants does not cancel, if their clause names only one. */
const CALLS: ReadonlySet<Act> = new Set<Act>(['vote', 'oppose']);
/** The same if their sentence does: *Dukung Arga, Candra, Eka* takes no side. */
const SIDES: ReadonlySet<Act> = new Set<Act>(['support', 'wish']);

/** Why a post is indicated: the acts, whom they are about, and what was weighed against them in vain. */
export interface Evidence {
  readonly acts: readonly ActHit[];
  readonly targets: readonly Hit[];
  readonly contextTargets: readonly Hit[];
  readonly against: readonly string[];
}

const isCancelled = ({ act, strength }: ActHit, cancels: Cancels): boolean => {
  switch (cancels) {
    case 'all':
      return true;
    case 'weak':
      return strength !== 'strong';
    case 'deeds':
      return act !== 'praise';
  }
};

const distance = (left: Hit, right: Hit): number =>
  left.start < right.start ? right.start - left.end : left.start - right.end;

/** How many of `hits`, which are in order, begin before a place. */
const countBefore = (hits: readonly Hit[], place: number): number => {
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hits[middle]?.start ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** What cancels the acts of a scene, laid out so that asking for one act does not read the whole scene. */
const objections = (scene: Scene): ((act: ActHit) => string[]) => {
  const ahead = scene.suppressors.filter(({ scope }) => scope === 'next');
  const isTurned = (from: number, to: number): boolean => {
    for (let place = from; place <= to; place += 1) if (scene.turns.has(place)) return true;
    return false;
  };
  const isOwn = (from: number, to: number): boolean => {
    for (let place = from; place <= to; place += 1)
      if (scene.voices.has(place) || (place < to && scene.turns.has(place))) return true;
    return false;
  };
  /** The negations that reach a hit within so many words of its clause. */
  const negationsOf = ({ start, clause }: Hit, reach: number): SuppressorHit[] => {
    const count = countBefore(ahead, start);
    return ahead
      .slice(Math.max(0, count - reach), count)
      .filter((one) => one.clause === clause && start - one.end < reach && !isTurned(one.end, start));
  };
  const others = scene.suppressors.filter(({ scope }) => scope === 'clause');
  /** Those in whose name a verb of their clause may be said. */
  const tellersOf = ({ start, clause, inTag }: ActHit): SuppressorHit[] =>
    inTag
      ? []
      : others
          .slice(0, countBefore(others, start))
          .filter((one) => one.clause === clause && !isOwn(one.end, start));
  const everywhere = new Map<string, SuppressorHit>();
  const isTakenBack = (one: SuppressorHit): boolean =>
    one.cancels === 'weak' && negationsOf(one, NEGATED_CRITICISM).length > 0;
  const inSentence = new Map<number, Map<string, SuppressorHit>>();
  for (const suppressor of scene.suppressors)
    if (suppressor.scope === 'text') everywhere.set(suppressor.rule, suppressor);
    else if (suppressor.scope === 'sentence' && !isTakenBack(suppressor)) {
      const rules = inSentence.get(suppressor.sentence) ?? new Map<string, SuppressorHit>();
      inSentence.set(suppressor.sentence, rules.set(suppressor.rule, suppressor));
    }
  const singledOut = new Set(scene.targets.filter(({ alone }) => alone).map(({ clause }) => clause));
  const clauses = new Map<number, Set<number>>();
  for (const { sentence, clause } of scene.targets)
    clauses.set(sentence, (clauses.get(sentence) ?? new Set()).add(clause));
  const takesSide = ({ act, strength, clause, sentence }: ActHit): boolean =>
    strength === 'strong' &&
    singledOut.has(clause) &&
    (CALLS.has(act) || (SIDES.has(act) && clauses.get(sentence)?.size === 1));

  // *Mari dukung Arga, masih mau ditipu?*: whoever urges does not ask.
  const urged = new Set(
    scene.acts.flatMap(({ act, strength, to }) => (act === 'vote' && strength === 'beside' ? [to] : [])),
  );

  return (act) => {
    const callsInTag = act.inTag && CALLS.has(act.act);
    const sentence = callsInTag ? [] : (inSentence.get(act.sentence)?.values() ?? []);
    const negations = negationsOf(act, act.own ? OWN_NEGATION_REACH : NEGATION_REACH);
    const reasons = [...negations, ...tellersOf(act), ...sentence, ...everywhere.values()]
      .filter(({ cancels }) => isCancelled(act, cancels))
      .map(({ rule }) => rule);
    const asked = scene.questions.get(act.sentence);
    if (asked !== undefined && asked - act.end <= QUESTION_REACH && !urged.has(act.from))
      reasons.push('question');
    if (scene.quoted.has(act.from) && scene.symbols - scene.quotedSymbols >= OWN_WORDS_AROUND_QUOTE)
      reasons.push('quotation');
    if (scene.listsAll && (!takesSide(act) || scene.callsAll)) reasons.push('all-listed');
    return reasons;
  };
};

/** The nearest contestants before and after an act, and whether a strong act counts as one there. */
const about = (act: ActHit, scene: Scene): { readonly targets: TargetHit[]; readonly near: boolean } => {
  const next = countBefore(scene.targets, act.start);
  const targets = scene.targets
    .slice(Math.max(0, next - 1), next + 1)
    .filter(({ sentence }) => Math.abs(sentence - act.sentence) <= 1);
  const near = targets.filter((target) => target.sentence === act.sentence && distance(target, act) <= REACH);
  if (near.length > 0) return { targets: near, near: true };
  // *Arga–Binar. Menang satu putaran!*: what says nothing else speaks of whoever was named.
  return { targets, near: scene.oneSided && scene.bare.has(act.sentence) };
};

/** Whether a post that answers or passes on `context` leaves it to the context to say whom it is about. */
const speaksOf = (context: Scene | null, scene: Scene): context is Scene =>
  context !== null &&
  scene.targets.length === 0 &&
  scene.symbols <= SHORT_REPLY &&
  context.targets.length > 0 &&
  !context.listsAll &&
  context.suppressors.every(({ scope }) => scope !== 'text') &&
  (context.acts.length > 0 || context.election);

/**
 * How many things speak for a contestant. Acts of a kind are one. Where only one contestant is named, a leaning counts
 * wherever it stands, and so does praise of any strength if it is a contestant whom it praises.
 */
const different = (acts: readonly ActHit[], { oneSided, electoral }: Scene): number =>
  new Set(
    acts.map(({ act, strength, rule, from }) =>
      oneSided && (strength === 'leaning' || (electoral && act === 'praise'))
        ? `${act} ${rule} ${from}`
        : act,
    ),
  ).size;

/** Whether all whom an act may be about are one contestant, who is spoken of as such. */
const leanings = (scene: Scene): ((targets: readonly TargetHit[]) => boolean) => {
  const shared = new Set(scene.targets.filter(({ alone }) => !alone).map(({ clause }) => clause));
  return (targets) => scene.electoral && targets.some(({ clause, topic }) => !topic && !shared.has(clause));
};

/** These say what they say of whoever is named with them, so that nothing else need be said. */
const FOR_SOMEBODY: ReadonlySet<Act> = new Set<Act>(['vote', 'support', 'rally', 'wish']);

const WANTING: ReadonlySet<Act> = new Set<Act>(['vote', 'support']);

/** A weak act leans where its sentence says nothing else: *Menang 02!* */
const strengthOf = ({ act, strength, sentence }: ActHit, { bare }: Scene): Strength =>
  strength === 'weak' && FOR_SOMEBODY.has(act) && bare.has(sentence) ? 'leaning' : strength;

/** Whether a sentence says no more than that somebody is wanted: *Mending Pak Arga!* That needs no election around it. */
const wantsOnly = ({ act, strength, sentence }: ActHit, { bare, oneSided }: Scene): boolean =>
  strength === 'leaning' && WANTING.has(act) && oneSided && bare.has(sentence);

/**
 * Decides whether the acts of a post, those that nothing cancels, are about a contestant and enough.
 * Words alone decide; who is who is not in a scene.
 */
export const weigh = (scene: Scene, context: Scene | null): Evidence | null => {
  const through = speaksOf(context, scene) ? context.targets : [];
  const against = new Set<string>();
  const strong: ActHit[] = [];
  const weak: ActHit[] = [];
  const beside: ActHit[] = [];
  const targets = new Set<Hit>();
  const objectionsTo = objections(scene);
  const leansTo = leanings(scene);
  for (const act of [...scene.acts, ...scene.banners]) {
    const reasons = objectionsTo(act);
    for (const reason of reasons) against.add(reason);
    const whom = about(act, scene);
    if (reasons.length > 0 || (whom.targets.length === 0 && through.length === 0)) continue;
    if (act.strength === 'beside') {
      beside.push(act);
      continue;
    }
    const strength = strengthOf(act, scene);
    const counts =
      strength === 'strong' || (strength === 'leaning' && leansTo(whom.targets)) || wantsOnly(act, scene);
    (counts && (whom.near || through.length > 0) ? strong : weak).push(act);
    for (const target of whom.targets) targets.add(target);
  }
  if (strong.length === 0 && different(weak, scene) < WEAK_NEEDED) return null;
  return {
    acts: [...strong, ...weak, ...beside],
    targets: [...targets],
    contextTargets: through,
    against: [...against],
  };
};
