import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import * as z from 'zod';
import { describeConfig } from '../../infra/describe-config.js';
import { readStage, stageFrom } from '../../infra/read-stage.js';
import { stageFaults } from '../../infra/stage-faults.js';
import { GATE_NAMES } from '../../shared/domain/registry/closed-gate.js';
import { Instant } from '../../shared/domain/time.js';
import { aContest, NOW } from '../fixtures/registry.js';

const ROOT = join(import.meta.dirname, '../..');
const sample = readFileSync(join(ROOT, 'config/sample.yaml'), 'utf8');
const contests = [aContest()];

/** The sample's text after a change to what it says. */
const changed = (change: (written: Record<string, unknown>) => Record<string, unknown>): string =>
  stringify(change(z.record(z.string(), z.unknown()).parse(parse(sample))));

const without = (key: string): string =>
  changed(({ [key]: left, ...rest }) => {
    expect(left).toBeDefined();
    return rest;
  });

describe('a stage', () => {
  it('is the sample when none is named', () => {
    expect(readStage(undefined).name).toBe('sample');
  });

  it.each(['prod', '../sample', 'Sample', 7])('names those that exist when there is no %s', (name) => {
    expect(() => readStage(name)).toThrow(`There is no stage "${name}"; config/ has sample.`);
  });

  it('says how it may be called where its file is there and its name is not usable', () => {
    const folder = mkdtempSync(join(tmpdir(), 'netral-stages-'));
    writeFileSync(join(folder, 'Produksi.yaml'), sample);
    expect(() => readStage('Produksi', folder)).toThrow(
      'A stage cannot be called "Produksi": small letters, digits and hyphens, 16 at most, a letter first.',
    );
  });

  it('reads every network but YouTube when none is named', () => {
    expect(sample).not.toMatch(/^networks:/m);
    expect(stageFrom('prod', sample).config.networks).toEqual(['feed', 'bluesky', 'mastodon']);
  });

  it('reads YouTube only where it is named', () => {
    const text = changed((written) => ({ ...written, networks: ['feed', 'youtube'] }));
    expect(stageFrom('prod', text).config.networks).toEqual(['feed', 'youtube']);
    const facebook = changed((written) => ({ ...written, networks: ['feed', 'facebook'] }));
    expect(() => stageFrom('prod', facebook)).toThrow(/at networks/);
  });

  it('is refused with a key that nobody knows', () => {
    expect(() => stageFrom('prod', `${sample}\nbudget: 7\n`)).toThrow(/config\/prod.yaml .*\n.*"budget"/);
  });

  it.each([
    ['region', 'eu-west-1'],
    ['timeZone', 'Asia/Singapore'],
    ['publicUrl', 'http://netral.example'],
    ['mailSender', 'netral'],
    ['monthlyBudgetUsd', 0],
  ])('is refused with %s %s, and says so by the key’s name', (key, value) => {
    expect(() =>
      stageFrom(
        'prod',
        changed((written) => ({ ...written, [key]: value })),
      ),
    ).toThrow(`at ${key}`);
  });

  it.each([
    ['region', 'eu-west-1', 'must be ap-southeast-3 (Jakarta)'],
    ['mailSender', 'netral', 'must be an address such as'],
    ['monthlyBudgetUsd', null, 'must say what a month may cost'],
  ])('says of %s %s what to write', (key, value, says) => {
    expect(() =>
      stageFrom(
        'prod',
        changed((written) => ({ ...written, [key]: value })),
      ),
    ).toThrow(says);
  });

  it.each(['region', 'publicUrl', 'mailSender', 'operators', 'signIn', 'monthlyBudgetUsd'])(
    'is refused without %s',
    (key) => {
      expect(() => stageFrom('prod', without(key))).toThrow(`at ${key}`);
    },
  );

  it('is refused when it is not YAML', () => {
    expect(() => stageFrom('prod', 'gates: [')).toThrow('config/prod.yaml is not YAML');
  });
});

describe('before a stage is deployed', () => {
  it('nothing is missing from the sample', () => {
    expect(stageFaults(readStage(), contests, NOW)).toEqual([]);
  });

  it.each(GATE_NAMES.filter((gate) => gate !== 'contestCalendar'))('%s may not be missing', (gate) => {
    const text = changed((written) => {
      const gates = z.record(z.string(), z.unknown()).parse(written['gates']);
      const { [gate]: left, ...rest } = gates;
      expect(left).toBeDefined();
      return { ...written, gates: rest };
    });
    const faults = stageFaults(stageFrom('prod', text), contests, NOW);
    expect(faults).toEqual([
      expect.stringMatching(new RegExp(`^gates\\.${gate} is missing\\. Write into config/prod\\.yaml `)),
    ]);
  });

  it('a contest may not be missing', () => {
    const none = stageFrom(
      'prod',
      changed((written) => ({ ...written, contests: [] })),
    );
    expect(stageFaults(none, contests, NOW)).toEqual([expect.stringMatching(/^contests is missing\./)]);
  });

  it.each([[['pilbup-sukamaju', 'pilbup-sukamakmur']], [['pilbup-sukamakmur']]])(
    'each of %j must have its pack',
    (named) => {
      const unknown = stageFrom(
        'prod',
        changed((written) => ({ ...written, contests: named })),
      );
      expect(stageFaults(unknown, contests, NOW)).toEqual([
        'contests: there is no pack packs/contests/pilbup-sukamakmur.yaml. Correct the name in config/prod.yaml, or make the pack: netral pack new contest packs/contests/pilbup-sukamakmur.yaml.',
      ]);
    },
  );

  it('an instrument may not have expired', () => {
    const late = { ...aContest(), id: readStage().config.contests[0]! };
    expect(stageFaults(readStage(), [late], Instant.parse('2028-01-01T00:00:00.000Z'))).toEqual([
      expect.stringMatching(/^gates\.instrument has expired\./),
    ]);
  });
});

describe('docs/configuration.md', () => {
  it('is what the schema says', () => {
    expect(readFileSync(join(ROOT, 'docs/configuration.md'), 'utf8')).toBe(describeConfig());
  });
});
