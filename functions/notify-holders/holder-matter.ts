import type { Account } from '../../shared/domain/registry/account.js';
import type { Agency } from '../../shared/domain/registry/agency.js';
import type { Person } from '../../shared/domain/registry/person.js';
import type { Finding } from '../../shared/domain/review/finding.js';
import type { CodePack } from '../../shared/domain/screening/code-pack.js';

/** What a mail to a holder about a finding is written from. */
export interface HolderMatter {
  readonly agency: Agency;
  readonly code: Pick<CodePack, 'provisions'>;
  readonly publicUrl: string;
  readonly holder: Pick<Person, 'name' | 'language'>;
  readonly account: Pick<Account, 'handle'>;
  readonly finding: Finding;
}
