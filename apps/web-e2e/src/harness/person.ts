/** Counts what a person has to do. Filling in a form and sending it is one action; looking and waiting is none. */
export class Person {
  readonly actions: string[] = [];

  async does(action: string, work: () => Promise<void>): Promise<void> {
    this.actions.push(action);
    await work();
  }
}
