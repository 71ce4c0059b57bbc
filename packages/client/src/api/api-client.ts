import {
  AppError,
  apiPrefix,
  type CallOf,
  type Endpoint,
  type Problem,
  problem,
  type ResponseOf,
} from '@countroom/contracts';

/** How a client reaches the server and proves who it is. */
export interface ApiClientOptions {
  /** Origin without a trailing slash, for example `http://127.0.0.1:8080`; empty in a page of the same origin. */
  readonly baseUrl: string;
  /** API token, sent in the Authorization header. Browsers use the session cookie instead. */
  readonly token?: string;
  /** Current CSRF token of a cookie session, asked for before each call that changes something. */
  readonly csrfToken?: () => string | null;
  /** Milliseconds until a call is given up; default 30 000. Uploads have no limit. */
  readonly timeoutMs?: number;
  /** Another fetch, for tests. */
  readonly fetch?: typeof fetch;
}

/** A part of a call; it may be left out when it has no required content. */
type Part<K extends string, V> =
  Record<string, never> extends V ? { readonly [P in K]?: V } : { readonly [P in K]: V };
/** What a caller passes for an endpoint. */
export type CallArguments<E extends Endpoint> = Part<'params', CallOf<E>['params']> &
  Part<'query', CallOf<E>['query']> &
  (E['bodyKind'] extends 'stream'
    ? { readonly body: Blob | ArrayBuffer | ReadableStream<Uint8Array> }
    : Part<'body', CallOf<E>['body']>) & {
    readonly signal?: AbortSignal;
  };

/** A file that is on its way. */
export interface Download {
  /** Name that the server gives it; empty without one. Plain: it never holds a folder. */
  readonly name: string;
  readonly body: ReadableStream<Uint8Array>;
}

/** Calls endpoints by their declarations. */
export interface ApiClient {
  /**
   * Calls an endpoint and gives its checked answer.
   * @throws AppError with the server's code and message when the answer is an error, or when the server cannot be reached
   */
  call<E extends Endpoint>(endpoint: E, args: CallArguments<E>): Promise<ResponseOf<E>>;
  /**
   * The answer of an endpoint that gives a file, to be read as it comes: it has no time limit but `signal`.
   * @throws AppError as `call` does
   */
  download<E extends Endpoint>(endpoint: E, args: CallArguments<E>): Promise<Download>;
  /** The URL of an endpoint, for downloads and links. */
  url<E extends Endpoint>(
    endpoint: E,
    args: Pick<CallArguments<E>, never> & { readonly params?: unknown; readonly query?: unknown },
  ): string;
}

/** A client for one server. It holds no connection and may be created per request. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const send = options.fetch ?? fetch;

  function url(endpoint: Endpoint, args: { readonly params?: unknown; readonly query?: unknown }): string {
    const params = (args.params ?? {}) as Record<string, unknown>;
    const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
      const value = params[name];
      if (typeof value !== 'string' && typeof value !== 'number') {
        throw new AppError('request.invalid', `${endpoint.id} needs the path parameter ${name}`);
      }
      return encodeURIComponent(String(value));
    });
    const query = queryText((args.query ?? {}) as Record<string, unknown>);
    return `${options.baseUrl}${apiPrefix}${path}${query}`;
  }

  async function answer<E extends Endpoint>(
    endpoint: E,
    args: CallArguments<E>,
    limitMs: number | undefined,
  ): Promise<Response> {
    const given = args as { params?: unknown; query?: unknown; body?: unknown; signal?: AbortSignal };
    const headers: Record<string, string> = { accept: 'application/json' };
    if (options.token !== undefined) headers['authorization'] = `Bearer ${options.token}`;
    const csrf = endpoint.method === 'GET' ? null : (options.csrfToken?.() ?? null);
    if (csrf !== null) headers['x-csrf-token'] = csrf;
    const init: RequestInit & { duplex?: 'half' } = {
      method: endpoint.method,
      headers,
      credentials: 'same-origin',
    };
    if (endpoint.bodyKind === 'json') {
      headers['content-type'] = 'application/json';
      init.body = JSON.stringify(given.body ?? {});
    } else if (endpoint.bodyKind === 'stream') {
      headers['content-type'] = 'application/octet-stream';
      init.body = given.body as BodyInit;
      init.duplex = 'half';
    }
    const limit = limitMs === undefined ? undefined : AbortSignal.timeout(limitMs);
    const signals = [given.signal, limit].filter((signal) => signal !== undefined);
    if (signals.length > 0) init.signal = AbortSignal.any(signals);

    const target = url(endpoint, given);
    let response: Response;
    try {
      response = await send(target, init);
    } catch (cause) {
      if (given.signal?.aborted === true) throw cause;
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new AppError(
        'server.unreachable',
        `No answer from ${options.baseUrl || 'the server'} for ${endpoint.summary.toLowerCase()}: ${why}. Is the server running?`,
        { cause },
      );
    }
    if (!response.ok) throw await toError(response, endpoint);
    return response;
  }

  async function call<E extends Endpoint>(endpoint: E, args: CallArguments<E>): Promise<ResponseOf<E>> {
    const limitMs = endpoint.bodyKind === 'stream' ? undefined : (options.timeoutMs ?? 30_000);
    const response = await answer(endpoint, args, limitMs);
    if (endpoint.responseKind === 'none' || response.status === 204) return undefined as ResponseOf<E>;
    if (endpoint.responseKind === 'bytes') return (await response.arrayBuffer()) as ResponseOf<E>;
    return (await response.json()) as ResponseOf<E>;
  }

  async function download<E extends Endpoint>(endpoint: E, args: CallArguments<E>): Promise<Download> {
    const response = await answer(endpoint, args, undefined);
    if (response.body === null) throw new AppError('internal', `${endpoint.summary}: the answer is empty`);
    return { name: fileNameOf(response), body: response.body };
  }

  return { call, download, url };
}

/** The plain name in the answer's head, without folders that might stand before it. */
function fileNameOf(response: Response): string {
  const head = response.headers.get('content-disposition') ?? '';
  const name = /filename="([^"]+)"/.exec(head)?.[1] ?? /filename=([^;\s]+)/.exec(head)?.[1] ?? '';
  return name.replace(/^.*[/\\]/, '').replace(/^\.+/, '');
}

function queryText(query: Record<string, unknown>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const values: readonly unknown[] = Array.isArray(value) ? (value as unknown[]) : [value];
    for (const one of values) {
      if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean')
        search.append(name, String(one));
    }
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

async function toError(response: Response, endpoint: Endpoint): Promise<AppError> {
  const body: unknown = await response.json().catch(() => null);
  const parsed = problem.safeParse(body);
  if (parsed.success) {
    const found: Problem = parsed.data;
    return new AppError(found.code, found.message, { issues: found.issues ?? [] });
  }
  return new AppError(
    'internal',
    `${endpoint.summary}: the server answered ${response.status} without saying why`,
  );
}
