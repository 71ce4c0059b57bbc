import { z } from 'zod';

/** Roles, weakest first; each may do what the ones before it may. */
export const roles = ['viewer', 'shifter', 'expert', 'administrator'] as const;
/** A person's or token's role. */
export const role = z.enum(roles).meta({ id: 'Role' });
export type Role = z.infer<typeof role>;

/** Methods that endpoints use. All but GET change something and are audited, unless the endpoint says otherwise. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** How a request carries its body. `stream`: raw bytes, read past the body parser. */
export type BodyKind = 'none' | 'json' | 'stream';

/**
 * Declaration of one endpoint: the server routes, authorises, validates and documents from it, the client calls
 * by it, and the tests walk over all of them.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
  Kind extends BodyKind = BodyKind,
> {
  /** `feature.action`; operation id in OpenAPI and action name in the audit log. */
  readonly id: string;
  readonly method: HttpMethod;
  /** Path below /api/v1 with `:name` parameters. */
  readonly path: string;
  /** Least role; `public` needs no session, `signed-in` any. */
  readonly role: Role | 'public' | 'signed-in';
  /** Name of the path parameter that holds a detector's name, when grants may be limited to a detector. */
  readonly detectorParam?: string;
  /** The role for any one detector is enough to ask: what the body names is checked one by one where it is read. */
  readonly anyDetector?: boolean;
  /** True when it only answers although it is no GET, because the question needs a body: it is not audited. */
  readonly readOnly?: boolean;
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly bodyKind: Kind;
  readonly response: Response;
  /** `bytes`: the answer is a file, not JSON. */
  readonly responseKind: 'json' | 'bytes' | 'none';
}

const nothing = z.strictObject({});
type Nothing = typeof nothing;

interface EndpointInput {
  readonly id: string;
  readonly method: HttpMethod;
  readonly path: string;
  readonly role: Role | 'public' | 'signed-in';
  readonly detectorParam?: string;
  readonly anyDetector?: boolean;
  readonly readOnly?: boolean;
  readonly summary: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly bodyKind?: BodyKind;
  readonly response?: z.ZodType;
  readonly responseKind?: 'json' | 'bytes' | 'none';
}

type Given<E, K extends string> = E extends { readonly [P in K]: infer S extends z.ZodType } ? S : Nothing;
/** The kind that is declared, else the one that follows from whether a body is declared. */
type KindOf<E> = E extends { readonly bodyKind: infer K extends BodyKind }
  ? K
  : E extends { readonly body: z.ZodType }
    ? 'json'
    : 'none';

/** Fills in what an endpoint leaves out: no parameters, no query, no body, no answer. */
export function defineEndpoint<const E extends EndpointInput>(
  endpoint: E,
): Endpoint<
  Given<E, 'params'>,
  Given<E, 'query'>,
  Given<E, 'body'>,
  E extends { response: infer R extends z.ZodType } ? R : z.ZodUndefined,
  KindOf<E>
> {
  const filled = {
    params: nothing,
    query: nothing,
    body: nothing,
    bodyKind: endpoint.body === undefined ? 'none' : 'json',
    responseKind: endpoint.response === undefined ? 'none' : 'json',
    response: z.undefined(),
    ...endpoint,
  };
  return filled as never;
}

/** What a handler of the endpoint receives. */
export interface InputOf<E extends Endpoint> {
  readonly params: z.output<E['params']>;
  readonly query: z.output<E['query']>;
  readonly body: z.output<E['body']>;
}
/** What a caller of the endpoint gives (defaults may be left out). */
export interface CallOf<E extends Endpoint> {
  readonly params: z.input<E['params']>;
  readonly query: z.input<E['query']>;
  readonly body: z.input<E['body']>;
}
/** What the endpoint answers. */
export type ResponseOf<E extends Endpoint> = z.output<E['response']>;
