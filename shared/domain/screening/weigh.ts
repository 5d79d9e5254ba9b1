import type { Act } from './packs.js';
import type { ActHit, Hit, Scene, SuppressorHit } from './mask.js';

/** A strong act speaks of a contestant no further away than this, in words of the same sentence. */
const REACH = 14;
/** How many different weak acts come up to one strong one. */
const WEAK_NEEDED = 2;
/** A negation reaches this many words ahead in its clause. */
const NEGATION_REACH = 4;
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
  const everywhere = new Map<string, SuppressorHit>();
  const inSentence = new Map<number, Map<string, SuppressorHit>>();
  for (const suppressor of scene.suppressors)
    if (suppressor.scope === 'text') everywhere.set(suppressor.rule, suppressor);
    else if (suppressor.scope === 'sentence') {
      const rules = inSentence.get(suppressor.sentence) ?? new Map<string, SuppressorHit>();
      inSentence.set(suppressor.sentence, rules.set(suppressor.rule, suppressor));
    }
  const ahead = scene.suppressors.filter(({ scope }) => scope === 'next');
  const singledOut = new Set(scene.targets.filter(({ alone }) => alone).map(({ clause }) => clause));
  const clauses = new Map<number, Set<number>>();
  for (const { sentence, clause } of scene.targets)
    clauses.set(sentence, (clauses.get(sentence) ?? new Set()).add(clause));
  const takesSide = ({ act, strength, clause, sentence }: ActHit): boolean =>
    strength === 'strong' &&
    singledOut.has(clause) &&
    (CALLS.has(act) || (SIDES.has(act) && clauses.get(sentence)?.size === 1));

  return (act) => {
    const count = countBefore(ahead, act.start);
    const negations = ahead
      .slice(Math.max(0, count - NEGATION_REACH), count)
      .filter(({ clause, end }) => clause === act.clause && act.start - end < NEGATION_REACH);
    const sentence = inSentence.get(act.sentence)?.values() ?? [];
    const reasons = [...negations, ...sentence, ...everywhere.values()]
      .filter(({ cancels }) => cancels === 'all' || act.strength !== 'strong')
      .map(({ rule }) => rule);
    if (scene.questions.has(act.sentence)) reasons.push('question');
    if (scene.quoted.has(act.from) && scene.symbols - scene.quotedSymbols >= OWN_WORDS_AROUND_QUOTE)
      reasons.push('quotation');
    if (scene.listsAll && (!takesSide(act) || scene.callsAll)) reasons.push('all-listed');
    return reasons;
  };
};

/** The nearest contestants before and after an act, and whether a strong act counts as one there. */
const about = (act: ActHit, scene: Scene): { readonly targets: Hit[]; readonly near: boolean } => {
  const next = countBefore(scene.targets, act.start);
  const targets = scene.targets
    .slice(Math.max(0, next - 1), next + 1)
    .filter(({ sentence }) => Math.abs(sentence - act.sentence) <= 1);
  const near = targets.filter((target) => target.sentence === act.sentence && distance(target, act) <= REACH);
  return near.length > 0 ? { targets: near, near: true } : { targets, near: false };
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
const leansTo = (scene: Scene, targets: readonly Hit[]): boolean => {
  const shared = new Set(scene.targets.filter(({ alone }) => !alone).map(({ clause }) => clause));
  return scene.electoral && targets.some(({ clause }) => !shared.has(clause));
};

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
  for (const act of [...scene.acts, ...scene.banners]) {
    const reasons = objectionsTo(act);
    for (const reason of reasons) against.add(reason);
    const whom = about(act, scene);
    if (reasons.length > 0 || (whom.targets.length === 0 && through.length === 0)) continue;
    if (act.strength === 'beside') {
      beside.push(act);
      continue;
    }
    const counts = act.strength === 'strong' || (act.strength === 'leaning' && leansTo(scene, whom.targets));
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
