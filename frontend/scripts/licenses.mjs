// Checks the licence of every package of package-lock.json as installed: `npm run licenses`.
// Accepted are permissive licences; the pinned Splunk releases must say Apache-2.0 (earlier ones did not).
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ACCEPTED = new Set([
  'Apache-2.0', 'MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Zlib', 'Unlicense', 'CC0-1.0',
  'BlueOak-1.0.0', 'Python-2.0', 'CC-BY-4.0',
]);
// In the tree but never in a bundle (the build refuses them): axe-core is a test tool, the other two name no licence.
// src/replacements/uuid.js stands in for uuid-v4; jsonlint belongs to the map, which the pages do not have.
const NEVER_BUNDLED = { 'axe-core': 'MPL-2.0', 'uuid-v4': '', '@mapbox/jsonlint-lines-primitives': '' };

/** True for a licence expression of which one alternative, or every joined part, is accepted. */
export function acceptedLicense(expression) {
  const text = String(expression || '').replace(/[()]/g, '').trim();
  if (text === '') return false;
  return text.split(/\s+OR\s+/).some((choice) => choice.split(/\s+AND\s+/).every((part) => ACCEPTED.has(part.trim())));
}

/** The package path below node_modules that a bundled file belongs to ('' for own sources). */
export function packageOf(file) {
  const at = file.lastIndexOf('node_modules/');
  if (at < 0) return '';
  const base = file.indexOf('node_modules/') + 'node_modules/'.length;
  const parts = file.slice(at + 'node_modules/'.length).split('/');
  const name = parts[0].startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
  return file.slice(base, at + 'node_modules/'.length) + name;
}

/** Version, licence and notice text of an installed package. */
export function readPackage(modules, name) {
  const folder = path.join(modules, name);
  const facts = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const license = typeof facts.license === 'object' ? facts.license.type : facts.license || facts.licenses?.[0]?.type;
  const notice = fs.readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort()
    .map((file) => path.join(folder, file)).filter((file) => fs.statSync(file).isFile())
    .map((file) => fs.readFileSync(file, 'utf8')).join('\n');
  return { version: facts.version, license: license || '', notice };
}

/** Problems of the lock: a missing licence, one not accepted, a range instead of an exact version. */
export function checkLock(root) {
  const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const problems = [];
  const wanted = { ...lock.packages[''].dependencies, ...lock.packages[''].devDependencies };
  for (const [name, version] of Object.entries(wanted)) {
    if (!/^\d+\.\d+\.\d+$/.test(version)) problems.push(`${name}: "${version}" is not an exact version`);
  }
  let checked = 0;
  for (const [place, entry] of Object.entries(lock.packages)) {
    if (place === '' || !fs.existsSync(path.join(root, place))) continue;
    const name = place.replace(/^node_modules\//, '');
    const { license } = readPackage(path.join(root, 'node_modules'), name);
    checked += 1;
    if (!entry.integrity) problems.push(`${name}: no integrity hash in the lock`);
    if (name.startsWith('@splunk/') && !name.includes('/node_modules/') && license !== 'Apache-2.0') {
      problems.push(`${name} ${entry.version}: licence "${license}", not Apache-2.0`);
    } else if (!acceptedLicense(license) && NEVER_BUNDLED[name] !== license) {
      problems.push(`${name} ${entry.version}: licence "${license}" is not accepted`);
    }
  }
  return { checked, problems };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { checked, problems } = checkLock(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));
  for (const line of problems) console.error(line);
  console.log(`${checked} packages checked, ${problems.length} problems`);
  process.exit(problems.length ? 1 : 0);
}
