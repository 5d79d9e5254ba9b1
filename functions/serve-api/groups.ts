import type { ACCESS } from './access.js';
import type { ApiDeps, Routes } from './api.js';

/** What groups stand on: the ports and, for the one that describes them, all of them. */
export interface GroupDeps extends ApiDeps {
  readonly groups: () => Promise<readonly Routes[]>;
}

/** Routes that are read together, with the first request for one of them. */
export interface RouteGroup {
  readonly serves: readonly (keyof typeof ACCESS)[];
  readonly read: () => Promise<(deps: GroupDeps) => Routes>;
}

/** Where each operation is served, in the order of the description. A start reads none of these files. */
export const GROUPS: readonly RouteGroup[] = [
  {
    serves: [
      'POST /agency',
      'GET /agency',
      'PATCH /agency/review',
      'PATCH /agency/gates',
      'PATCH /agency/ownership',
      'POST /scans',
      'GET /networks',
      'PATCH /networks',
      'POST /people/lookup',
      'PUT /people/{id}/roles',
      'PUT /people/{id}/acting',
      'POST /registry/rows',
      'POST /me/accounts',
      'GET /accounts',
      'POST /accounts/{id}/pause',
      'POST /accounts/{id}/resume',
      'POST /accounts/{id}/withdraw',
      'POST /accounts/{id}/proof',
      'GET /coverage',
      'GET /networks/status',
      'POST /people/{id}/erasure',
      'GET /erasures',
    ],
    read: async () => (await import('./groups/registry.js')).registry,
  },
  {
    serves: [
      'GET /findings',
      'POST /findings/exports',
      'GET /findings/{id}',
      'POST /findings/{id}/decisions',
      'POST /findings/{id}/acknowledgement',
      'GET /findings/{id}/files/{file}',
      'POST /findings/next',
      'PUT /findings/{id}/lease',
      'DELETE /findings/{id}/lease',
      'POST /findings/{id}/holds',
      'POST /findings/{id}/notes',
      'POST /findings/{id}/recusals',
      'GET /review/desk',
      'POST /findings/{id}/reassignment',
      'POST /me/findings/{id}/answers',
      'POST /me/findings/{id}/objections',
      'GET /review/second-look',
      'POST /findings/{id}/second-look',
      'GET /quality',
    ],
    read: async () => (await import('./groups/review.js')).review,
  },
  {
    serves: [
      'GET /me',
      'POST /me/requests',
      'GET /me/requests',
      'GET /requests',
      'GET /requests/{id}',
      'POST /requests',
      'POST /requests/{id}/answer',
    ],
    read: async () => (await import('./groups/mine.js')).mine,
  },
  {
    serves: [
      'POST /uploads',
      'POST /submissions',
      'POST /findings/{id}/evidence',
      'POST /me/exports',
      'GET /me/digest',
      'GET /golden',
      'PUT /golden',
      'PUT /findings/{id}/legal-hold',
      'POST /findings/{id}/legal-hold/end',
      'GET /record/seals',
      'GET /record/histories',
      'GET /record/lines',
      'POST /record/exports',
      'GET /statistics',
      'GET /even-handedness',
    ],
    read: async () => (await import('./groups/occasional.js')).occasional,
  },
  {
    serves: [
      'GET /open/me/{token}',
      'GET /open/findings/{id}',
      'GET /open/mine',
      'GET /open/review',
      'GET /open/signed-in',
      'GET /invitations/{token}',
      'POST /invitations/{token}',
    ],
    read: async () => (await import('./groups/open.js')).open,
  },
  {
    serves: ['GET /packs/code', 'GET /packs/shadow', 'GET /packs/health'],
    read: async () => (await import('./pack-routes.js')).packRoutes,
  },
  {
    serves: ['POST /me/self-check', 'GET /open/self-check', 'POST /open/self-check'],
    read: async () => (await import('./self-check-routes.js')).selfCheckRoutes,
  },
  {
    serves: ['GET /openapi.json', 'GET /'],
    read: async () => (await import('./description-routes.js')).descriptionRoutes,
  },
];
