import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'];

/** Path of a Chromium on this machine; COUNTROOM_BROWSER names another one. */
export function findBrowser() {
  const named = process.env.COUNTROOM_BROWSER;
  if (named !== undefined && named !== '') return existsSync(named) ? named : undefined;
  return names
    .flatMap((name) => folders.map((folder) => `${folder}/${name}`))
    .find((path) => existsSync(path));
}

/** Installs Debian's package where that is allowed; otherwise says what a person has to do. */
export async function installBrowser() {
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (mayInstall) {
    console.log('There is no Chromium on this machine: installing the package chromium ...');
    const quiet = {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    spawnSync('apt-get', ['update', '-q'], quiet);
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], quiet);
  }
  const browser = findBrowser();
  if (browser === undefined) {
    console.log(
      'There is no Chromium on this machine, which the end-to-end tests need. Install it (on Debian and Ubuntu: ' +
        '"apt-get install chromium" as root), or name one in COUNTROOM_BROWSER.',
    );
  }
  return browser;
}
