/** The parts that we use of packages that come without types. */

declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface Options {
    /** A folder; in memory without it. */
    readonly path?: string;
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }
  function dynalite(options?: Options): Server;
  export = dynalite;
}

declare module 's3rver' {
  import type { RequestListener } from 'node:http';
  import type { AddressInfo } from 'node:net';

  interface Options {
    readonly address: string;
    readonly port: number;
    readonly silent: boolean;
    readonly directory: string;
    readonly configureBuckets: readonly { readonly name: string; readonly configs: readonly string[] }[];
  }
  class S3rver {
    constructor(options: Options);
    configureBuckets(): Promise<unknown>;
    /** For a server of one's own, instead of `run`. */
    callback(): RequestListener;
    run(): Promise<AddressInfo>;
    close(): Promise<void>;
  }
  export = S3rver;
}
