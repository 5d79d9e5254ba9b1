import tseslint from 'typescript-eslint';

/** Imports point one way: functions → adapters → ports → domain (docs: README, "Where things are"). */
const mayNotImport = (files, ...patterns) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: patterns.map(([group, message]) => ({ group, message })) },
    ],
  },
});
const NODE_AND_SDK = [
  '@aws-sdk/*',
  '@aws-lambda-powertools/*',
  'middy',
  '@middy/*',
  'undici',
  'hono',
  'hono/*',
];

export default tseslint.config(
  {
    ignores: [
      'cdk.out/**',
      '.netral/**',
      'node_modules/**',
      'test/servers/**',
      'coverage/**',
      '.stryker-tmp/**',
    ],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the defining file.' },
        {
          selector: "NewExpression[callee.name='RegExp'][arguments.0.type!='Literal']",
          message: 'No pattern is built from data: a pack or a post could make it run for ever.',
        },
      ],
    },
  },
  {
    // Time, chance and the network are inputs: only adapters and handlers may reach for them.
    files: [
      'shared/domain/**',
      'shared/ports.ts',
      'shared/networks/**',
      'shared/networks.ts',
      'functions/**',
    ],
    ignores: ['functions/**/handler.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'Only shared/adapters/guarded-fetch.ts may use the network.' },
        { name: 'setTimeout', message: 'Timers belong to adapters.' },
        { name: 'setInterval', message: 'Timers belong to adapters.' },
        { name: 'process', message: 'The environment is parsed in handler.ts.' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time is an input.' },
        { object: 'Math', property: 'random', message: 'Chance is an input.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is an input.' },
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the defining file.' },
        {
          selector: "NewExpression[callee.name='RegExp'][arguments.0.type!='Literal']",
          message: 'No pattern is built from data: a pack or a post could make it run for ever.',
        },
      ],
    },
  },
  mayNotImport(
    ['shared/domain/**'],
    [NODE_AND_SDK, 'The domain is pure.'],
    [
      [
        '**/adapters/**',
        '**/lambda/**',
        '**/ports.js',
        '**/functions/**',
        '**/local/**',
        '**/infra/**',
        '**/cli/**',
      ],
      'The domain imports only the domain.',
    ],
  ),
  mayNotImport(
    ['shared/ports.ts'],
    [NODE_AND_SDK, 'Ports speak the domain.'],
    [['**/adapters/**', '**/lambda/**', '**/functions/**', '**/local/**'], 'Ports know only the domain.'],
  ),
  mayNotImport(
    ['shared/networks/**'],
    [
      ['undici', '@aws-sdk/*', 'node:http', 'node:https', 'node:net'],
      'A connector gets its guarded fetch as an input.',
    ],
    [
      ['**/adapters/**', '**/lambda/**', '**/functions/**', '**/local/**'],
      'A connector knows the domain and its port.',
    ],
  ),
  mayNotImport(
    ['shared/adapters/**', 'shared/lambda/**', 'shared/mail/**'],
    [
      ['**/functions/**', '**/local/**', '**/infra/**', '**/cli/**'],
      'Adapters know nothing of who uses them.',
    ],
  ),
  mayNotImport(
    ['functions/**'],
    [
      [
        '**/local/**',
        '**/infra/**',
        '**/cli/**',
        '**/console/**',
        '**/test/**',
        '../{plan,collect,classify,serve,notify,send,keep}-*/**',
      ],
      'A function knows only itself and shared/.',
    ],
  ),
  mayNotImport(
    ['infra/**'],
    [
      ['**/functions/**/handler.js', '**/adapters/**', '**/local/**'],
      'infra/ knows a handler by its path and env.ts, never its code.',
    ],
  ),
  {
    files: ['test/**', 'bench/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
      ],
    },
  },
  mayNotImport(
    ['console/**'],
    [
      ['**/adapters/**', '**/lambda/**', '**/local/**', '**/infra/**', '**/cli/**', 'zod'],
      'The console runs in a browser: of functions/ and shared/ it takes types and labels.',
    ],
  ),
  {
    files: ['cli/**', 'local/**', 'bench/**', 'test/**'],
    rules: { 'no-console': 'off' },
  },
  { files: ['*.config.ts', 'eslint.config.mjs'], rules: { 'no-restricted-syntax': 'off' } },
);
