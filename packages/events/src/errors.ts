/** Hits or a configuration that no map or event can be made of; the message names table, row or key, and the way out. */
export class EventError extends Error {
  /** @param message for a person */
  constructor(message: string) {
    super(message);
    this.name = 'EventError';
  }
}
