import type { FileKindName } from '../shared/domain/file-kinds.js';
import type { KeptFile } from '../shared/domain/files.js';
import { say } from './language.js';
import { Refusal, UnfitError, type Api } from './api.js';
import { ActButton } from './parts.js';

/** The endings of what is taken, and what they are. */
const ENDINGS = {
  png: 'png',
  jpg: 'jpg',
  jpeg: 'jpg',
  webp: 'webp',
  pdf: 'pdf',
  txt: 'txt',
  mp4: 'mp4',
  webm: 'webm',
} as const satisfies Record<string, FileKindName>;

const KINDS: ReadonlyMap<string, FileKindName> = new Map(Object.entries(ENDINGS));

const MOST_FILES = 5;

const unfit = (name: string): UnfitError =>
  new UnfitError({
    id: `Lampiran “${name}” tidak dapat diterima, dan belum ada yang terkirim. Yang diterima: gambar (PNG, JPG, WebP) dan PDF sampai 10 MB, teks sampai 1 MB, video (MP4, WebM) sampai 25 MB; berkas kosong tidak.`,
    en: `The attachment “${name}” cannot be taken, and nothing has been sent. Taken are pictures (PNG, JPG, WebP) and PDFs up to 10 MB, texts up to 1 MB, videos (MP4, WebM) up to 25 MB; nothing empty.`,
  });

interface Upload {
  readonly upload: string;
  readonly link: string;
  readonly headers: Readonly<Record<string, string>>;
}

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A file that the bucket did not take. */
class UploadError extends Error {
  override readonly name = 'UploadError';
}

const uploaded = async (
  api: Api,
  file: File,
): Promise<{ readonly upload: string; readonly name: string }> => {
  const kind = KINDS.get(file.name.toLowerCase().split('.').at(-1) ?? '');
  if (kind === undefined) throw unfit(file.name);
  const bytes = await file.arrayBuffer();
  const body = { kind, bytes: file.size, sha256: hex(await crypto.subtle.digest('SHA-256', bytes)) };
  const { upload, link, headers } = await api.post<Upload>('/uploads', { body }).catch((error: unknown) => {
    // How large each kind may be, the API knows.
    throw error instanceof Refusal && error.status === 400 ? unfit(file.name) : error;
  });
  const answer = await fetch(link, { method: 'PUT', headers, body: bytes });
  if (!answer.ok) throw new UploadError(`The bucket answered ${answer.status}`);
  return { upload, name: file.name.slice(0, 100) };
};

/** Uploads what was chosen in the field, one after another, and names it as an answer or an objection does. */
export const attachmentsOf = async (api: Api, fields: FormData) => {
  // A field in which nothing was chosen holds a file without a name.
  const chosen = fields.getAll('files').filter((file) => file instanceof File && file.name !== '');
  if (chosen.length > MOST_FILES)
    throw new UnfitError({
      id: `Paling banyak lima lampiran; Anda memilih ${chosen.length}. Belum ada yang terkirim.`,
      en: `At most five attachments; you chose ${chosen.length}. Nothing has been sent.`,
    });
  const attachments = [];
  for (const file of chosen) if (file instanceof File) attachments.push(await uploaded(api, file));
  return attachments;
};

export const FilesField = () => (
  <label>
    {say({
      id: 'Lampiran (paling banyak lima gambar, PDF, teks, atau video pendek)',
      en: 'Attachments (at most five pictures, PDFs, texts or short videos)',
    })}
    <input
      type="file"
      name="files"
      multiple
      accept={Object.keys(ENDINGS)
        .map((ending) => `.${ending}`)
        .join(',')}
    />
  </label>
);

interface FileLinksProps {
  readonly api: Api;
  readonly finding: string;
  readonly files: readonly KeptFile[];
}

/** Files that came with a finding, each to be saved. */
export const FileLinks = ({ api, finding, files }: FileLinksProps) => (
  <>
    {files.map(({ file, name }) => (
      <ActButton
        quiet
        label={{ id: `Unduh ${name}`, en: `Download ${name}` }}
        act={async () => {
          const { link } = await api.get<{ readonly link: string }>(`/findings/${finding}/files/${file}`);
          location.assign(link);
        }}
      />
    ))}
  </>
);
