interface WebAssemblyNamespace {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly Memory: new (descriptor: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
}
interface Host {
  readonly WebAssembly: WebAssemblyNamespace;
  readonly process?: {
    getBuiltinModule?(id: 'node:fs'): {
      existsSync(path: URL): boolean;
      readFileSync(path: URL): Uint8Array<ArrayBuffer>;
    };
  };
}

const host = globalThis as unknown as Host;

/** The part of WebAssembly's own interface that is used here: Node's type library does not have it. */
export const engine = host.WebAssembly;

/** The bytes of a file of this package; undefined where it has not been built, and outside Node. */
export function packageFile(path: string): Uint8Array<ArrayBuffer> | undefined {
  const files = host.process?.getBuiltinModule?.('node:fs');
  const url = new URL(path, import.meta.url);
  return files?.existsSync(url) === true ? new Uint8Array(files.readFileSync(url)) : undefined;
}
