import type { Language } from '../registry/person.js';
import type { PostContext, TextPart } from '../scanning/post.js';

type Label = Readonly<Record<Language, string>>;

/** Where in a post a text stands, as people read it. */
export const FIELD_LABELS = {
  title: { id: 'Judul', en: 'Title' },
  body: { id: 'Isi', en: 'Text' },
  'content-warning': { id: 'Peringatan isi', en: 'Content warning' },
  'alt-text': { id: 'Keterangan gambar', en: 'Image description' },
  'link-card': { id: 'Pratinjau tautan', en: 'Link preview' },
} as const satisfies Record<TextPart['field'], Label>;

/** What a post points to. */
export const RELATION_LABELS = {
  'reply-to': { id: 'Unggahan yang ditanggapi', en: 'The post it replies to' },
  quote: { id: 'Unggahan yang dikutip', en: 'The post it quotes' },
  share: { id: 'Unggahan yang dibagikan ulang', en: 'The post it shares' },
} as const satisfies Record<PostContext['relation'], Label>;
