/** What the person in front of the terminal sees; the log is for machines. */
export function tell(line: string): void {
  console.log(line);
}

export function complain(error: unknown): void {
  console.error(error instanceof Error ? error.message : String(error));
}

export interface Greeting {
  readonly address: string | undefined;
  readonly setupLink: string | undefined;
  readonly authOff: boolean;
  readonly stopWith: string;
}

export function greeting({ address, setupLink, authOff, stopWith }: Greeting): string {
  const lines = ['', `Countroom runs${address === undefined ? '' : ` at ${address}`}`];
  if (setupLink !== undefined) {
    lines.push(
      '',
      "First start: open this link within 15 minutes to set the administrator's password:",
      `  ${setupLink}`,
    );
  }
  if (authOff)
    lines.push(
      '',
      'Log-in is switched off (COUNTROOM_AUTH=off): everybody on this machine may do everything.',
    );
  lines.push('', `Stop it with ${stopWith}.`);
  return lines.join('\n');
}
