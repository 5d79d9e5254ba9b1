import { Stryker } from '@stryker-mutator/core';

/** Files whose tests are tested: every small change of them is to make a test fail. */
interface MutationGroup {
  readonly name: string;
  readonly files: readonly string[];
  /** What runs against each change; nothing that takes long. */
  readonly tests: readonly string[];
}

export const MUTATION_GROUPS: readonly MutationGroup[] = [
  {
    name: 'gates',
    files: [
      'shared/domain/registry/gates.ts',
      'shared/domain/registry/permit.ts',
      'shared/adapters/permitted-fetch.ts',
    ],
    tests: [
      'test/unit/registry/gates.test.ts',
      'test/unit/registry/permit.test.ts',
      'test/unit/guarded-fetch/permitted-fetch.test.ts',
    ],
  },
  {
    name: 'authorisation',
    files: [
      'functions/serve-api/authorise.ts',
      'functions/serve-api/sign-in.ts',
      'shared/adapters/oidc-tokens.ts',
    ],
    tests: [
      'test/unit/serve-api/access.test.ts',
      'test/unit/serve-api/sign-in.test.ts',
      'test/unit/serve-api/sign-in-rules.test.ts',
      'test/unit/serve-api/tokens.test.ts',
      'test/unit/serve-api/oidc-discovery.test.ts',
    ],
  },
  {
    name: 'transitions',
    files: ['shared/domain/review/transition.ts', 'shared/domain/review/decisions.ts'],
    tests: [
      'test/unit/review/transition.test.ts',
      'test/unit/review/transition-rules.test.ts',
      'test/unit/review/late-answers.test.ts',
    ],
  },
  {
    name: 'redaction and escaping',
    files: [
      'shared/domain/registry/employee-number.ts',
      'shared/mail/plain-text.ts',
      'shared/mail/block.ts',
      'shared/domain/export/csv.ts',
    ],
    tests: [
      'test/unit/registry/employee-number.test.ts',
      'test/unit/mail/letters.test.ts',
      'test/unit/mail/plain-text.test.ts',
      'test/unit/export/csv.test.ts',
    ],
  },
];

/** What became of the changes in one file. */
export interface FileScore {
  readonly file: string;
  readonly killed: number;
  readonly survivors: readonly string[];
}

/** Changes the files of a group, one place at a time, and sees whether a test fails. */
export const mutate = async ({ files, tests }: MutationGroup): Promise<readonly FileScore[]> => {
  const results = await new Stryker({
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    mutate: [...files],
    testFiles: [...tests],
    vitest: { related: false },
    concurrency: 1,
    coverageAnalysis: 'perTest',
    // What is worked out while a module loads would mean to load everything anew for each change.
    ignoreStatic: true,
    reporters: [],
    ignorePatterns: ['/cdk.out', '/.netral', '/test/servers'],
    allowConsoleColors: false,
  }).runMutationTest();
  return files.map((file) => {
    const own = results.filter(({ fileName }) => fileName.endsWith(file));
    const survived = own.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
    return {
      file,
      killed: own.filter(({ status }) => status === 'Killed' || status === 'Timeout').length,
      survivors: survived.map(
        ({ location, mutatorName, replacement, status }) =>
          `${location.start.line}:${location.start.column} ${mutatorName} → \`${replacement.replace(/\s+/g, ' ').slice(0, 80)}\`${status === 'NoCoverage' ? ' (no test comes here)' : ''}`,
      ),
    };
  });
};
