import * as z from 'zod';
import { ANSWER, LINE } from '../../shared/domain/limits.js';
import { FindingId } from '../../shared/domain/ids.js';
import { Notice, OfficerContact } from '../../shared/domain/registry/agency.js';
import { masked } from '../../shared/domain/registry/employee-number.js';
import { Person } from '../../shared/domain/registry/person.js';
import type { Caller } from '../../shared/domain/registry/supervision.js';
import { onlookersOf } from '../../shared/domain/registry/onlookers.js';
import { Look, looksOf } from '../../shared/domain/review/looks.js';
import { summaryOf, type FindingSummary, type FindingView } from '../../shared/domain/review/views.js';
import { inParallel } from '../../shared/in-parallel.js';
import type { ApiDeps } from './api.js';
import { OwnAccount, ownAccounts } from './own-account.js';
import { isKept, OwnRequest, ownRequest } from './own-request.js';
import { sightingsOf, type SightDeps } from './sightings.js';
import { standingsOf } from './standings.js';

const FindingLooks = z.strictObject({ finding: FindingId, looks: z.array(Look).max(ANSWER) });

/** What is on record of somebody, but for the findings. */
export const MyRecord = z.strictObject({
  person: z.strictObject({
    id: Person.shape.id,
    name: Person.shape.name,
    unit: Person.shape.unit,
    area: Person.shape.area,
    employmentType: Person.shape.employmentType,
    employeeNumber: z.string().max(LINE),
    email: Person.shape.email,
    language: Person.shape.language,
    roles: Person.shape.roles,
  }),
  /** What holders were told, and whom they reach with questions. */
  notice: Notice.nullable(),
  officer: OfficerContact.nullable(),
  accounts: z.array(OwnAccount).max(ANSWER),
  /** Who looked at each finding and when; what they are, never who. */
  looks: z.array(FindingLooks).max(ANSWER),
  requests: z.array(OwnRequest).max(ANSWER),
});
type MyRecord = z.infer<typeof MyRecord>;

export type MyDataDeps = SightDeps &
  Pick<ApiDeps, 'scans' | 'cohorts' | 'networks' | 'findings' | 'record' | 'requests' | 'publicUrl'>;

export interface MyData {
  readonly record: MyRecord;
  readonly summaries: readonly FindingSummary[];
  /** Every finding that its holder may see, as they see it. */
  readonly findings: readonly (FindingView & { readonly view: 'holder' })[];
}

const isHolders = (view: FindingView): view is FindingView & { readonly view: 'holder' } =>
  view.view === 'holder';

/** All that is on record of whoever asks, each table queried by what is theirs. */
export const myData =
  (deps: MyDataDeps) =>
  async ({ person, roles }: Caller): Promise<MyData> => {
    const at = deps.now();
    const agency = await deps.agency.read();
    const accounts = await deps.accounts.ofHolder(person.id);
    const found = await inParallel(accounts, ({ id }) => deps.findings.ofAccount(id));
    const seen = await sightingsOf(deps)({ person, roles }, found.flat());
    const readings = await inParallel(seen, ({ finding }) => deps.record.looksAt(finding.id));
    const around = await onlookersOf(person, readings.flat(), deps.people.byId);
    const requests = await deps.requests.ofPerson(person.id);
    const record = MyRecord.parse({
      person: {
        id: person.id,
        name: person.name,
        unit: person.unit,
        area: person.area,
        employmentType: person.employmentType,
        employeeNumber: masked(person.employeeNumber),
        email: person.email,
        language: person.language,
        roles,
      },
      notice: agency?.gates.notice ?? null,
      officer: agency?.gates.officer ?? null,
      accounts: await ownAccounts(deps)(await standingsOf(deps)(accounts)),
      looks: seen.map(({ finding }, index) => ({
        finding: finding.id,
        looks: looksOf(finding, readings[index] ?? [], around),
      })),
      requests: requests.filter((request) => isKept(request, at)).map((request) => ownRequest(request, at)),
    });
    return {
      record,
      summaries: seen.map(({ finding }) => summaryOf(finding)),
      findings: seen.map(({ view }) => view).filter(isHolders),
    };
  };
