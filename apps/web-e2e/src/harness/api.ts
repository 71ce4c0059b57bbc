import { type ApiClient, createApiClient } from '@countroom/client';
import { endpoints } from '@countroom/contracts';

export const admin = { name: 'admin', password: 'correct horse battery' } as const;

/** The API as a signed-in person has it, outside the browser: for arranging and for checking. */
export interface Api extends ApiClient {
  /** `name=value` of the session cookie. */
  readonly cookie: string;
}

interface Person {
  readonly name: string;
  readonly password: string;
}

interface Reachable {
  readonly address: string;
  readonly setupLink: string | undefined;
}

/** Signs the administrator in; creates it first where the printed link was not used yet. */
export function signIn(system: Reachable): Promise<Api> {
  return signInAs(system, admin);
}

/** Signs a person in, who becomes the administrator where there is none yet. */
export async function signInAs({ address, setupLink }: Reachable, person: Person): Promise<Api> {
  let cookie = '';
  let csrf: string | null = null;
  const send: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetch(input, { ...init, headers });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return response;
  };
  const client = createApiClient({ baseUrl: address, fetch: send, csrfToken: () => csrf });
  const before = await client.call(endpoints.auth.session, {});
  const token = setupLink?.split('#token=')[1];
  const session =
    before.setupNeeded && token !== undefined
      ? await client.call(endpoints.auth.setup, { body: { token, ...person } })
      : await client.call(endpoints.auth.login, { body: { ...person } });
  csrf = session.csrfToken;
  return {
    ...client,
    get cookie() {
      return cookie;
    },
  };
}
