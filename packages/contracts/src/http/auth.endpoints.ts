import { z } from 'zod';
import { moment, pageOf, pageQuery, slug } from './common.js';
import { defineEndpoint, role } from './endpoint.js';

const userName = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9._-]{1,62}$/, '2 to 63 letters, digits, . _ -, beginning with a letter');
const password = z.string().min(10, 'at least 10 characters').max(512);

/** A grant: a role everywhere, or for one detector. */
export const grant = z.strictObject({ role, detector: slug.nullable() }).meta({ id: 'Grant' });
export type Grant = z.infer<typeof grant>;

/** A user as administrators see it. */
export const user = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    fullName: z.string(),
    disabled: z.boolean(),
    grants: z.array(grant),
    createdAt: moment,
    lastSeenAt: moment.nullable(),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof user>;

/** Who is asking. With `auth: off` everybody on this machine is the administrator, and every page says so. */
export const sessionInfo = z
  .strictObject({
    auth: z.enum(['on', 'off']),
    /** No administrator exists yet: the printed link leads to the set-up page. */
    setupNeeded: z.boolean(),
    user: z
      .strictObject({ id: z.uuid(), name: z.string(), fullName: z.string(), grants: z.array(grant) })
      .nullable(),
    expiresAt: moment.nullable(),
    /** To be sent back as header `x-csrf-token` with every call that changes something. */
    csrfToken: z.string().nullable(),
    version: z.string(),
  })
  .meta({ id: 'SessionInfo' });
export type SessionInfo = z.infer<typeof sessionInfo>;

/** An API token without its secret. */
export const apiToken = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    owner: z.string(),
    grants: z.array(grant),
    createdAt: moment,
    expiresAt: moment,
    lastUsedAt: moment.nullable(),
    revokedAt: moment.nullable(),
  })
  .meta({ id: 'ApiToken' });

/** One line of the audit log. */
export const auditEntry = z
  .strictObject({
    id: z.string(),
    at: moment,
    actor: z.string(),
    action: z.string(),
    target: z.string(),
    before: z.json().nullable(),
    after: z.json().nullable(),
    outcome: z.enum(['done', 'refused', 'failed']),
    address: z.string(),
    traceId: z.string(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntry>;

/** Sessions, users, tokens, audit. */
export const authEndpoints = {
  session: defineEndpoint({
    id: 'auth.session',
    method: 'GET',
    path: '/session',
    role: 'public',
    summary: 'Who is asking',
    response: sessionInfo,
  }),
  login: defineEndpoint({
    id: 'auth.login',
    method: 'POST',
    path: '/session',
    role: 'public',
    summary: 'Log in',
    body: z.strictObject({ name: z.string().max(63), password: z.string().max(512) }),
    response: sessionInfo,
  }),
  logout: defineEndpoint({
    id: 'auth.logout',
    method: 'DELETE',
    path: '/session',
    role: 'signed-in',
    summary: 'Log out',
  }),
  setup: defineEndpoint({
    id: 'auth.setup',
    method: 'POST',
    path: '/setup',
    role: 'public',
    summary: 'Create the first administrator with the printed link',
    body: z.strictObject({ token: z.string().min(16).max(256), name: userName.default('admin'), password }),
    response: sessionInfo,
  }),
  changePassword: defineEndpoint({
    id: 'auth.change-password',
    method: 'POST',
    path: '/session/password',
    role: 'signed-in',
    summary: 'Change your own password',
    body: z.strictObject({ current: z.string().max(512), next: password }),
  }),
  listUsers: defineEndpoint({
    id: 'users.list',
    method: 'GET',
    path: '/users',
    role: 'administrator',
    summary: 'List users',
    query: z.strictObject(pageQuery),
    response: pageOf(user),
  }),
  createUser: defineEndpoint({
    id: 'users.create',
    method: 'POST',
    path: '/users',
    role: 'administrator',
    summary: 'Create a user',
    body: z.strictObject({
      name: userName,
      fullName: z.string().max(200).default(''),
      password,
      grants: z.array(grant).max(64),
    }),
    response: user,
  }),
  updateUser: defineEndpoint({
    id: 'users.update',
    method: 'PATCH',
    path: '/users/:id',
    role: 'administrator',
    summary: 'Change a user: name, grants, disabled, password',
    params: z.strictObject({ id: z.uuid() }),
    body: z.strictObject({
      fullName: z.string().max(200).optional(),
      grants: z.array(grant).max(64).optional(),
      disabled: z.boolean().optional(),
      password: password.optional(),
    }),
    response: user,
  }),
  listTokens: defineEndpoint({
    id: 'tokens.list',
    method: 'GET',
    path: '/tokens',
    role: 'signed-in',
    summary: 'List your API tokens; administrators see all',
    query: z.strictObject(pageQuery),
    response: pageOf(apiToken),
  }),
  createToken: defineEndpoint({
    id: 'tokens.create',
    method: 'POST',
    path: '/tokens',
    role: 'signed-in',
    summary: 'Make an API token; its secret is shown once',
    body: z.strictObject({
      name: z.string().min(1).max(100),
      grants: z.array(grant).min(1).max(64),
      days: z.number().int().min(1).max(730).default(90),
    }),
    response: z.strictObject({ token: apiToken, secret: z.string() }),
  }),
  revokeToken: defineEndpoint({
    id: 'tokens.revoke',
    method: 'DELETE',
    path: '/tokens/:id',
    role: 'signed-in',
    summary: 'Revoke a token',
    params: z.strictObject({ id: z.uuid() }),
  }),
  listAudit: defineEndpoint({
    id: 'audit.list',
    method: 'GET',
    path: '/audit',
    role: 'administrator',
    summary: 'Who changed what',
    query: z.strictObject({
      ...pageQuery,
      actor: z.string().max(63).optional(),
      action: z.string().max(100).optional(),
      target: z.string().max(200).optional(),
    }),
    response: pageOf(auditEntry),
  }),
};
