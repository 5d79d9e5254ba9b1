import { routes } from './api.js';
import type { Access } from './access.js';
import { once } from '../../shared/once.js';
import { describe, type Operation } from './description.js';
import type { GroupDeps } from './groups.js';
import { pageResponse } from './page.js';

const whoMay = (access: Access): string => {
  switch (access.kind) {
    case 'public':
      return 'everybody';
    case 'token':
      return `a token with the role ${access.role}`;
    case 'person':
      return 'everybody on record, for what concerns them';
    case 'roles':
      return [
        access.roles.join(', '),
        ...(access.never.length === 0 ? [] : [`never together with ${access.never.join(', ')}`]),
      ].join('; ');
  }
};

const OperationRow = ({ operation }: { readonly operation: Operation }) => (
  <section>
    <h3>
      <code>
        {operation.method} {operation.path}
      </code>
    </h3>
    <p>{operation.summary}.</p>
    {operation.detail === null ? null : <p>{operation.detail}</p>}
    <dl>
      <dt>Who may call it</dt>
      <dd>{whoMay(operation.access)}</dd>
      {operation.query.length === 0 ? null : (
        <>
          <dt>Filters</dt>
          <dd>{operation.query.join(', ')}</dd>
        </>
      )}
    </dl>
  </section>
);

/** The description of the API: for programs, and as a page for people. It takes a while, and is the same until the next start. */
export const descriptionRoutes = ({ groups, publicUrl }: Pick<GroupDeps, 'groups' | 'publicUrl'>) => {
  const description = once(async () => describe(await groups(), publicUrl));
  const app = routes();
  app.get('/openapi.json', async (c) => c.json((await description()).document));
  app.get('/', async () => {
    const { operations } = await description();
    return pageResponse({
      title: 'Netral: API',
      language: 'en',
      children: (
        <>
          <p>
            Every operation that needs a sign-in takes a bearer token of the agency’s OpenID Connect issuer.
            Errors are problem documents (RFC 9457). The whole description with every schema:{' '}
            <a href="openapi.json">openapi.json</a>.
          </p>
          {operations.map((operation) => (
            <OperationRow operation={operation} />
          ))}
        </>
      ),
    });
  });
  return app;
};
