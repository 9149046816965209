// Runs before anything is installed, on whatever Node there is (20 or newer): plain JavaScript, no packages.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
// npm ci empties node_modules first, so a stamp in there cannot outlive what it stands for.
const STAMP = `${ROOT}node_modules/.offhook-lock`;

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 20) {
  refuse(`Offhook needs Node 20 or newer to begin with; this is ${process.version}. See https://nodejs.org`);
}

const lock = readFileSync(`${ROOT}package-lock.json`, 'utf8');
const wanted = createHash('sha256').update(lock).update(`${process.platform} ${process.arch}`).digest('hex');

if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== wanted) {
  if (!isInstalled()) install();
  writeFileSync(STAMP, wanted);
}

/** Whether somebody installed the same by hand. npm writes down what it put into node_modules. */
function isInstalled() {
  const record = `${ROOT}node_modules/.package-lock.json`;
  if (!existsSync(record)) return false;
  const there = JSON.parse(readFileSync(record, 'utf8')).packages;
  const asked = Object.entries(JSON.parse(lock).packages).filter(([path]) => path !== '');
  return (
    Object.keys(there).every((path) => asked.some(([each]) => each === path)) &&
    asked.every(
      ([path, { version, optional }]) => there[path]?.version === version || (optional && !there[path]),
    )
  );
}

function install() {
  console.log('Installing packages, once …');
  // The first Node may be older than some packages ask for; the Node that npm installs here is not.
  const npm = spawnSync(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'],
    {
      cwd: ROOT,
      encoding: 'utf8',
      shell: process.platform === 'win32',
      env: { ...process.env, NODE_ENV: 'development', npm_config_engine_strict: 'false' },
    },
  );
  if (npm.status !== 0) {
    const said = `${npm.stderr ?? ''}${npm.stdout ?? ''}${npm.error?.message ?? ''}`.trim();
    refuse(`${said}\n\n${advice(said)}`);
  }
}

/** @param {string} said */
function advice(said) {
  if (/EACCES|EPERM|EROFS/.test(said)) {
    return `The packages cannot be written to ${ROOT}node_modules. Make that directory writable, then try again.`;
  }
  if (/ENOSPC/.test(said)) return 'The disk is full. Make room, then try again.';
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|network/i.test(said)) {
    return 'The packages could not be fetched. This one step needs the network: connect, then try again.';
  }
  return 'The packages could not be installed. What npm says above tells why; then try again.';
}

/** @param {string} why */
function refuse(why) {
  console.error(why);
  process.exit(1);
}
