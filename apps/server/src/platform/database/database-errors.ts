import { Prisma } from '../../generated/prisma/client.js';

/** A unique index refused the row: somebody else was first. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

/** The row to change or delete is not there. */
export function isMissingRow(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2025';
}

/** A value was refused (SQL state class 22): out of range, or text that is not what it should be. */
export function isUnfitValue(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  const { driverAdapterError } = (error.meta ?? {}) as {
    driverAdapterError?: { cause?: { originalCode?: unknown } };
  };
  const state = driverAdapterError?.cause?.originalCode;
  return typeof state === 'string' && state.startsWith('22');
}

const lostConnection = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037']);
const lostSocket =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|Connection terminated|timeout exceeded when trying to connect/;
/** Administrator shutdown, crash shutdown, starting up, too many connections. */
const serverAway = /57P0[123]|53300/;

/** The database cannot be reached now: trying again later may help. */
export function isDatabaseAway(error: unknown): boolean {
  for (let seen = error, depth = 0; seen instanceof Error && depth < 5; seen = seen.cause, depth += 1) {
    const code = (seen as { code?: unknown }).code;
    if (
      typeof code === 'string' &&
      (lostConnection.has(code) || lostSocket.test(code) || serverAway.test(code))
    )
      return true;
    if (lostSocket.test(seen.message) || serverAway.test(seen.message)) return true;
  }
  return false;
}
