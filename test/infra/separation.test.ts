import { beforeAll, describe, expect, it } from 'vitest';
import { readStage } from '../../infra/read-stage.js';
import { statementsOf } from './statements.js';
import { synthesised, type Template } from './template.js';

let template: Template;
beforeAll(() => {
  template = synthesised(readStage().config);
});

describe('who may do what', () => {
  const rolesThat = (action: RegExp, resource: RegExp): readonly string[] => [
    ...new Set(
      statementsOf(template)
        .filter(
          ({ effect, actions, resources }) =>
            effect === 'Allow' &&
            actions.some((one) => action.test(one)) &&
            resources.some((one) => resource.test(one)),
        )
        .map(({ role }) => role),
    ),
  ];
  const COLLECTORS = [
    'CollectPostsblueskyWorkerRole',
    'CollectPostsfeedWorkerRole',
    'CollectPostsmastodonWorkerRole',
  ];

  it.each<[string, RegExp, RegExp, readonly string[]]>([
    [
      'reads tokens of networks',
      /^secretsmanager:/,
      /./,
      ['CollectPostsmastodonWorkerRole', 'IdentifyAccountsJobRole'],
    ],
    ['sends mail', /^ses:/, /./, ['NotifyHoldersJobRole', 'SendDigestsJobRole']],
    ['deletes or alters the record', /^dynamodb:(Delete|Update|BatchWrite)/, /^TablesRecord/, []],
    ['deletes or unlocks a seal', /^s3:(Delete|.*Retention|.*LegalHold|Bypass)/, /^BucketsSeals/, []],
    ['publishes packs', /^s3:(Put|Delete)/, /^BucketsPacks/, []],
    ['reads what a finding has', /^s3:GetObject/, /^BucketsFiles\/findings/, ['ApiServerRole']],
    [
      'reads what waits to be screened',
      /^s3:GetObject/,
      /^BucketsFiles\/submissions/,
      ['ClassifyPostsWorkerRole'],
    ],
  ])('%s', (_, action, resource, roles) => {
    expect([...rolesThat(action, resource)].sort()).toEqual(roles);
  });

  it('the classifier reads nothing of the registry', () => {
    expect(rolesThat(/^dynamodb:/, /^TablesRegistry/)).not.toContain('ClassifyPostsWorkerRole');
  });

  it('whoever reads names reads no tokens, but for those who look accounts up', () => {
    const readers = rolesThat(/^dynamodb:/, /^TablesRegistry/).filter((role) =>
      rolesThat(/^secretsmanager:/, /./).includes(role),
    );
    expect([...readers].sort()).toEqual(['CollectPostsmastodonWorkerRole', 'IdentifyAccountsJobRole']);
    // People stand in the same table, under other keys than collectors may ask for and not in that index.
    for (const role of COLLECTORS)
      expect(
        statementsOf(template)
          .filter((one) => one.role === role && one.resources.some((name) => /^TablesRegistry/.test(name)))
          .map(({ actions, resources, condition }) => [actions, resources, condition]),
      ).toEqual([
        ...[
          ['GetItem', 'AGENCY'],
          ['GetItem', 'HASH-KEY'],
          ['BatchGetItem', 'ACCOUNT#'],
          ['Query', 'HOME#'],
        ].map(([action, keys]) => [
          [`dynamodb:${action}`],
          ['TablesRegistry'],
          { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${keys}*`] } },
        ]),
        [['dynamodb:Query'], ['TablesRegistry/index/home'], {}],
      ]);
  });
});
