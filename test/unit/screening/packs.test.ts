import { describe, expect, it } from 'vitest';
import { packFaults } from '../../../shared/domain/screening/pack-faults.js';
import { packRef } from '../../../shared/domain/screening/pack-ref.js';
import { LanguagePack } from '../../../shared/domain/screening/packs.js';
import { CodePack } from '../../../shared/domain/screening/code-pack.js';
import type { ContestPack, Contestant } from '../../../shared/domain/screening/rules.js';
import { parsePacks, type PackFile } from '../../../shared/domain/screening/parse-packs.js';
import { compileScreener } from '../../../shared/domain/screening/screen.js';
import { anInput, packContent, samplePacks } from './sample-packs.js';

const file = (name: string): PackFile => ({ name, content: packContent(name) });
const files = (contest: unknown = packContent('contests/pilbup-sukamaju.yaml')) => ({
  code: file('codes/skb-2-2022.yaml'),
  languages: [file('language/id.yaml')],
  contests: [{ name: 'contests/pilbup-sukamaju.yaml', content: contest }],
});

const contestWith = (change: (contestant: Contestant, index: number) => Contestant): ContestPack => {
  const contest = samplePacks().contests[0]!;
  return { ...contest, contestants: contest.contestants.map(change) };
};
const withAlias = (contestant: Contestant, alias: string): Contestant => ({
  ...contestant,
  people: contestant.people.map((person) => ({ ...person, aliases: [...person.aliases, alias] })),
});
const faultsOf = (contest: ContestPack): string[] => packFaults(samplePacks({ contests: [contest] }));

describe('the packs of the project', () => {
  it('have no faults', () => {
    expect(packFaults(samplePacks())).toEqual([]);
  });

  it('have every provision of the decree', () => {
    expect(samplePacks().code.provisions.map(({ id }) => id)).toEqual([
      ...Array.from({ length: 7 }, (_, index) => `KE-${index + 1}`),
      ...Array.from({ length: 13 }, (_, index) => `DIS-${index + 1}`),
    ]);
  });

  it('say that nobody outside the project has read a language yet', () => {
    const readers = samplePacks().languages.map(({ review }) =>
      review === 'unreviewed' ? review : review.by,
    );
    expect(new Set(readers)).toEqual(new Set(['Netral project']));
  });
});

describe('parsePacks', () => {
  it('reads the files of the project', () => {
    expect(parsePacks(files()).kind).toBe('packs');
  });

  it('names the file and the key it does not know', () => {
    const parsed = parsePacks(files({ ...contestWith((one) => one), colour: 'red' }));
    expect(parsed).toMatchObject({ kind: 'faults' });
    expect(JSON.stringify(parsed)).toMatch(/contests\/pilbup-sukamaju\.yaml.*colour/);
  });

  it('refuses stages that overlap', () => {
    const contest = contestWith((one) => one);
    const stages = contest.stages.map((period) => ({ ...period, to: contest.stages.at(-1)!.to }));
    expect(JSON.stringify(parsePacks(files({ ...contest, stages })))).toContain('overlaps');
  });

  it('refuses a file that is not a pack at all', () => {
    expect(parsePacks(files('404 not found')).kind).toBe('faults');
  });

  it('tells all faults of all files at once', () => {
    const parsed = parsePacks({
      code: { name: 'code.yaml', content: null },
      languages: [{ name: 'language.yaml', content: [] }],
      contests: [{ name: 'contest.yaml', content: {} }],
    });
    const faults = parsed.kind === 'faults' ? parsed.faults : [];
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'code.yaml',
      'language.yaml',
      'contest.yaml',
    ]);
  });
});

describe('packFaults', () => {
  it('names both places of an alias that stands for two contestants', () => {
    const contest = contestWith((one, index) => (index < 2 ? withAlias(one, 'Pak Lurah') : one));
    expect(faultsOf(contest)[0]).toMatch(
      /"Pak Lurah" stands for two contestants: .*arga-binar\.people\[0\]\.aliases\[5\] and .*candra-dewi\.people\[0\]/,
    );
  });

  it('sees through disguises when it compares aliases', () => {
    const contest = contestWith((one, index) => (index === 1 ? withAlias(one, 'PÀK  Αrgа') : one));
    expect(faultsOf(contest).join()).toMatch(/stands for two contestants/);
  });

  it('lets one contestant have an alias twice', () => {
    expect(faultsOf(contestWith((one) => (one.key === 'gilang' ? withAlias(one, 'GILANG') : one)))).toEqual(
      [],
    );
  });

  it('refuses a term of one letter', () => {
    expect(faultsOf(contestWith((one) => (one.key === 'gilang' ? withAlias(one, 'g') : one)))[0]).toContain(
      '"g" has fewer than two letters',
    );
  });

  it('refuses an alias that is an ordinary word of a language', () => {
    const contest = contestWith((one) => (one.key === 'eka-fajar' ? withAlias(one, 'Fajar') : one));
    expect(faultsOf(contest)[0]).toMatch(/"Fajar" is also in "serangan fajar" of language-id/);
  });

  it('refuses ballot numbers among the names', () => {
    const contest = contestWith((one) => (one.key === 'gilang' ? withAlias(one, 'Gilang 04') : one));
    expect(faultsOf(contest)[0]).toContain('holds a ballot number');
  });

  it('refuses one number for two contestants', () => {
    expect(faultsOf(contestWith((one) => ({ ...one, number: 1 })))[0]).toContain(
      'arga-binar and candra-dewi both have number 1',
    );
  });

  it('refuses an act that leads to a provision no machine may indicate', () => {
    const { code } = samplePacks();
    const acts = { ...code.acts, vote: { ...code.acts.vote, after: code.provisions.map(({ id }) => id) } };
    expect(packFaults(samplePacks({ code: { ...code, acts } })).join('\n')).toMatch(
      /acts\.vote\.after names DIS-13, which no machine may indicate/,
    );
  });
});

describe('packRef', () => {
  const code = CodePack.parse(packContent('codes/skb-2-2022.yaml'));

  it('does not depend on the order of keys', () => {
    const turned = CodePack.parse(Object.fromEntries(Object.entries(code).toReversed()));
    expect(packRef(turned)).toEqual(packRef(code));
  });

  it('changes with any word', () => {
    const changed = { ...code, title: { ...code.title, en: `${code.title.en}.` } };
    expect(packRef(changed).hash).not.toBe(packRef(code).hash);
  });
});

describe('a language that an agency takes back', () => {
  const text = 'Hayu urang rojong Kang Candra, kudu meunang!';
  const reviewed = LanguagePack.parse({
    ...LanguagePack.parse(packContent('language/su.yaml')),
    review: { by: 'a native reader', on: '2029-01-01' },
  });
  const withSundanese = (pack: LanguagePack) => {
    const { languages } = samplePacks();
    return compileScreener(
      samplePacks({ languages: languages.map((one) => (one.id === pack.id ? pack : one)) }),
    );
  };

  it('cannot indicate', () => {
    expect(withSundanese({ ...reviewed, review: 'unreviewed' })(anInput(text))).toEqual({ kind: 'none' });
  });

  it('can once it is reviewed', () => {
    expect(withSundanese(reviewed)(anInput(text)).kind).toBe('indicated');
  });

  it('still speaks for a post', () => {
    const text = 'Abdi moal dukung Kang Candra';
    const indonesianAlone = compileScreener(
      samplePacks({ languages: [LanguagePack.parse(packContent('language/id.yaml'))] }),
    );
    expect(indonesianAlone(anInput(text)).kind).toBe('indicated');
    expect(withSundanese({ ...reviewed, review: 'unreviewed' })(anInput(text)).kind).toBe('none');
  });
});
