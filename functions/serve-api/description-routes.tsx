import { routes } from './api.js';
import type { Access } from './access.js';
import type { ApiDescription, Operation } from './description.js';
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

/** The description of the API: for programs, and as a page for people. */
export const descriptionRoutes = (description: () => ApiDescription) => {
  const app = routes();
  app.get('/openapi.json', (c) => c.json(description().document));
  app.get('/', () =>
    pageResponse({
      title: 'Netral: API',
      language: 'en',
      children: (
        <>
          <p>
            Every operation that needs a sign-in takes a bearer token of the agency’s OpenID Connect issuer.
            Errors are problem documents (RFC 9457). The whole description with every schema:{' '}
            <a href="openapi.json">openapi.json</a>.
          </p>
          {description().operations.map((operation) => (
            <OperationRow operation={operation} />
          ))}
        </>
      ),
    }),
  );
  return app;
};
