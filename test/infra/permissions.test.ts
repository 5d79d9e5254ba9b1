import { describe, expect, it } from 'vitest';
import { statementsOf, written } from './statements.js';
import { synthesised } from './template.js';

const HEAD = `# Who may do what

All IAM statements of a deployment, written from its template by the tests (\`npx vitest run --project infra -u\` renews
it); do not edit it. A role belongs to one function, and resources are called by their place in the stacks.
`;

const permissions = (): string => {
  const rows = statementsOf(synthesised())
    .map(({ role, effect, actions, resources, condition }) => [
      role,
      `${effect === 'Deny' ? '**Deny** ' : ''}${[...actions].sort().join('<br>')}`,
      written(resources),
      written(condition),
    ])
    .map(
      (cells) =>
        `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('*', '\\*').replaceAll('\\*\\*', '**')).join(' | ')} |`,
    )
    .sort();
  return [HEAD, '| Role | May | On | If |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
};

describe('docs/permissions.md', () => {
  it('is what the template says', async () => {
    await expect(permissions()).toMatchFileSnapshot('../../docs/permissions.md');
  });
});
