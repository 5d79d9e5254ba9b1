import type { Role } from '../../shared/domain/registry/person.js';

/** Who may call an operation at all; what they may see and do there is decided by how they stand to it. */
export type Access =
  /** Everybody, without signing in. */
  | { readonly kind: 'public' }
  /** Whoever has a token with this role, also before anybody is on record. */
  | { readonly kind: 'token'; readonly role: Role }
  /** Everybody on record: each is a holder, and may be somebody's superior. */
  | { readonly kind: 'person' }
  /** Whoever has one of `roles` and none of `never`. */
  | { readonly kind: 'roles'; readonly roles: readonly Role[]; readonly never: readonly Role[] };

const everybody: Access = { kind: 'public' };
const person: Access = { kind: 'person' };
const only = (...roles: readonly Role[]): Access => ({ kind: 'roles', roles, never: [] });

/** An operation that is not in this table answers nobody. */
export const ACCESS = {
  'GET /': everybody,
  'GET /openapi.json': everybody,
  'GET /packs/code': everybody,
  'GET /open/findings/{id}': everybody,
  'GET /open/me/{token}': everybody,
  'GET /open/mine': everybody,
  'GET /open/review': everybody,
  'GET /open/signed-in': everybody,
  'GET /open/self-check': everybody,
  'POST /open/self-check': everybody,
  'GET /packs/shadow': only('administrator', 'auditor'),
  'GET /packs/health': only('administrator', 'auditor', 'analyst'),
  'GET /invitations/{token}': everybody,
  'POST /invitations/{token}': everybody,
  'POST /agency': { kind: 'token', role: 'administrator' },
  'GET /agency': person,
  'PATCH /agency/gates': only('officer'),
  'PATCH /agency/ownership': only('officer'),
  'GET /networks': person,
  'PATCH /networks': only('administrator'),
  'PUT /people/{id}/roles': only('administrator'),
  'PUT /people/{id}/acting': only('administrator'),
  'POST /people/lookup': only('administrator'),
  'POST /registry/rows': only('administrator'),
  // A list of accounts could tell an analyst whose post they have before them.
  'GET /accounts': { kind: 'roles', roles: ['administrator', 'officer'], never: ['analyst'] },
  'POST /me/accounts': person,
  'POST /accounts/{id}/proof': person,
  'POST /accounts/{id}/pause': person,
  'POST /accounts/{id}/resume': person,
  'POST /accounts/{id}/withdraw': person,
  // Holders give in posts of their own, analysts anybody's.
  'POST /submissions': person,
  'POST /uploads': person,
  'POST /scans': only('administrator'),
  'GET /networks/status': only('administrator', 'officer', 'auditor'),
  'GET /coverage': only('officer', 'auditor', 'administrator'),
  'GET /findings': only('analyst'),
  'POST /findings/exports': only('analyst'),
  'GET /findings/{id}': person,
  'GET /findings/{id}/files/{file}': person,
  'POST /findings/{id}/decisions': only('analyst'),
  'POST /findings/{id}/acknowledgement': person,
  'POST /findings/{id}/evidence': person,
  'POST /findings/next': only('analyst'),
  'PUT /findings/{id}/lease': only('analyst'),
  'DELETE /findings/{id}/lease': only('analyst'),
  'POST /findings/{id}/holds': only('analyst'),
  'POST /findings/{id}/notes': only('analyst'),
  'POST /findings/{id}/recusals': only('analyst'),
  'POST /findings/{id}/reassignment': only('officer'),
  'GET /review/desk': only('officer'),
  'GET /record/seals': only('auditor', 'officer'),
  'GET /record/histories': only('auditor', 'officer'),
  'GET /record/lines': only('auditor', 'officer'),
  'POST /record/exports': only('auditor', 'officer'),
  'POST /people/{id}/erasure': only('officer'),
  'GET /erasures': only('officer'),
  'PUT /findings/{id}/legal-hold': only('officer'),
  'POST /findings/{id}/legal-hold/end': only('officer'),
  'GET /review/second-look': only('analyst'),
  'POST /findings/{id}/second-look': only('analyst'),
  // Whoever knows the answers is not asked for them.
  'GET /golden': { kind: 'roles', roles: ['officer', 'administrator'], never: ['analyst'] },
  'PUT /golden': { kind: 'roles', roles: ['officer', 'administrator'], never: ['analyst'] },
  'GET /quality': only('analyst', 'officer', 'auditor'),
  'PATCH /agency/review': only('officer'),
  'GET /statistics': only('analyst', 'officer', 'auditor', 'administrator'),
  'GET /even-handedness': only('analyst', 'officer', 'auditor'),
  'GET /me': person,
  'GET /me/digest': person,
  'POST /me/self-check': person,
  'POST /me/exports': person,
  'POST /me/requests': person,
  'GET /me/requests': person,
  'GET /requests': only('officer'),
  'POST /requests': only('officer'),
  'GET /requests/{id}': only('officer'),
  'POST /requests/{id}/answer': only('officer'),
  'POST /me/findings/{id}/answers': person,
  'POST /me/findings/{id}/objections': person,
} as const satisfies Record<string, Access>;

const TABLE: ReadonlyMap<string, Access> = new Map(Object.entries(ACCESS));

/** Who may call `GET /findings/{id}`; `null` for what is not in the table. */
export const accessTo = (operation: string): Access | null => TABLE.get(operation) ?? null;
