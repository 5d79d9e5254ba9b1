import type { CodePack } from '../shared/domain/screening/code-pack.js';
import type { Api } from './api.js';
import { language } from './language.js';

/** A provision as people read it with the law that it rests on, *DIS-2: … (PP 94/2021 …)*. */
export type Provisions = (id: string) => string;

export const readProvisions = async (api: Api): Promise<Provisions> => {
  const { provisions } = await api.get<Pick<CodePack, 'provisions'>>('/packs/code');
  return (id) => {
    const provision = provisions.find((one) => one.id === id);
    return provision === undefined ? id : `${id}: ${provision.form[language()]} (${provision.basis})`;
  };
};
