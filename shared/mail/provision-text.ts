import type { ProvisionId } from '../domain/ids.js';
import type { Language } from '../domain/registry/person.js';
import type { CodePack } from '../domain/screening/code-pack.js';

/** Provisions as people read them with the law that they rest on, `DIS-2: … (PP 94/2021 …)`; one that the code no longer has is named by its key alone. */
export const provisionText = (
  code: Pick<CodePack, 'provisions'>,
  ids: readonly ProvisionId[],
  language: Language,
): string =>
  ids
    .map((id) => {
      const provision = code.provisions.find((one) => one.id === id);
      return provision === undefined ? id : `${id}: ${provision.form[language]} (${provision.basis})`;
    })
    .join('; ');
