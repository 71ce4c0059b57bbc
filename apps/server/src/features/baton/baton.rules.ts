import { AppError } from '@countroom/contracts';

/** How long a baton is held without being used. */
export const batonMinutes = 30;

export interface BatonRow {
  readonly detectorId: string;
  readonly holderId: string | null;
  readonly holderName: string | null;
  readonly note: string;
  readonly token: bigint;
  readonly since: Date | null;
  readonly expiresAt: Date | null;
}

export interface BatonChange {
  readonly holderId: string | null;
  readonly holderName: string | null;
  readonly note: string;
  readonly token: bigint;
  readonly since: Date | null;
  readonly expiresAt: Date | null;
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** A baton laid down, or not used until it ran out, is free. */
export function isFree(baton: BatonRow, now: Date): boolean {
  return baton.holderId === null || baton.expiresAt === null || baton.expiresAt <= now;
}

export function isHeldBy(baton: BatonRow, personId: string, now: Date): boolean {
  return baton.holderId === personId && !isFree(baton, now);
}

/** The token grows with every change of holder, also back to an earlier one. */
export function given(baton: BatonRow, to: Person, note: string, now: Date): BatonChange {
  return {
    holderId: to.id,
    holderName: to.name,
    note,
    token: baton.token + 1n,
    since: now,
    expiresAt: expiryFrom(now),
  };
}

export function laidDown(baton: BatonRow): BatonChange {
  return { holderId: null, holderName: null, note: '', token: baton.token, since: null, expiresAt: null };
}

/** Holding it and using it keeps it. */
export function used(baton: BatonRow, now: Date): BatonChange {
  const { holderId, holderName, note, token, since } = baton;
  return { holderId, holderName, note, token, since, expiresAt: expiryFrom(now) };
}

export function heldByOther(detector: string, baton: BatonRow): AppError {
  const note = baton.note === '' ? '' : ` (“${baton.note}”)`;
  return new AppError(
    'conflict.baton',
    `${baton.holderName ?? 'Somebody'} holds the baton of ${detector}${note}. Ask for it, or take it over with a reason.`,
  );
}

export function notHeld(detector: string): AppError {
  return new AppError('baton.required', `Take the baton of ${detector} first; it is free.`);
}

function expiryFrom(now: Date): Date {
  return new Date(now.getTime() + batonMinutes * 60_000);
}
