import type { EventFunction } from '../building/event-functions.js';

/** The event functions of the product. */
export const eventFunctions: readonly EventFunction[] = [];
