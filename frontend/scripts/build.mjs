// Builds the stand-in's pages into build/web/ at the repository root, and the pages of the app (src/app_pages) and of the
// add-on (src/addon_pages) into their appserver/static/pages/, which views name: one script a page. None is committed.
// Fails when a bundle would hold Highcharts (commercial licence) or a package without an accepted licence.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { acceptedLicense, packageOf, readPackage } from './licenses.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '..');
const out = process.env.MINERVA_WEB_OUT || path.resolve(root, '../build/web');
const appOut = process.env.MINERVA_APP_PAGES_OUT || path.resolve(root, '../minerva_app/appserver/static/pages');
const addonOut = process.env.MINERVA_ADDON_PAGES_OUT || path.resolve(root, '../TA-gen-connectors/appserver/static/pages');
const addonPages = fs.readdirSync(path.join(root, 'src/addon_pages'))
  .filter((name) => name.endsWith('.jsx')).map((name) => path.basename(name, '.jsx')).sort();
const pages = ['search', 'dashboards', 'dashboard'];
const appPages = fs.readdirSync(path.join(root, 'src/app_pages'))
  .filter((name) => name.endsWith('.jsx')).map((name) => path.basename(name, '.jsx')).sort();
/** Scripts that a page loads when a part of it is first opened: `parts/<name>.js` beside the pages. */
const appParts = fs.readdirSync(path.join(root, 'src/app_parts'))
  .filter((name) => name.endsWith('.js')).map((name) => path.basename(name, '.js')).sort();
const forbidden = ['@splunk/charting-bundle', 'highcharts'];

/** Packages whose files went into the bundles, from esbuild's list of inputs. */
function bundledPackages(inputs) {
  return [...new Set(Object.keys(inputs).map(packageOf).filter(Boolean))].sort();
}

/** Messages for every bundled package that must not be there. */
function refusals(packages) {
  return packages.flatMap((name) => {
    if (forbidden.some((word) => name.includes(word))) return [`${name}: must not be in a bundle`];
    const found = readPackage(path.join(root, 'node_modules'), name);
    return acceptedLicense(found.license) ? [] : [`${name}: licence "${found.license}" is not accepted`];
  });
}

/** One text with name, version, licence and notice of every package in the bundles. */
function notices(packages) {
  const head = 'Third-party packages inside the scripts of this folder, built from npm on this machine.\n';
  return packages.reduce((text, name) => {
    const found = readPackage(path.join(root, 'node_modules'), name);
    return `${text}\n== ${name} ${found.version} (${found.license})\n${found.notice}`;
  }, head);
}

/** Lets panels say their errors in full: dashboard-ui cuts a message after 45 characters. */
const wholeMessages = {
  name: 'whole messages',
  setup: (build) => build.onLoad({ filter: /dashboard-ui[\\/](?:module[\\/])?index\.js$/ }, ({ path: file }) => {
    const before = fs.readFileSync(file, 'utf8');
    const contents = before.replace('maxLengthOfTextMessage = 45;', 'maxLengthOfTextMessage = 1000;');
    return contents === before ? { errors: [{ text: `${file}: no limit of messages to lift` }] } : { contents };
  }),
};

/** Entries of a build: name of the script to be made -> its source. */
function entriesOf(names, folder, ending, under = '') {
  return Object.fromEntries(names.map((name) => [`${under}${name}`, `src/${folder}/${name}.${ending}`]));
}

/** Builds entries into a folder beside `out`, then puts it there; the number of packages in them. */
async function bundle(entries, out, define = {}) {
  const work = `${out}.part`;
  fs.rmSync(work, { recursive: true, force: true });
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: work,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    jsx: 'transform',
    legalComments: 'none',
    metafile: true,
    // splunk-utils looks for `global`; styled-components must use the CSSOM, which needs no inline style.
    define: { 'process.env.NODE_ENV': '"production"', global: 'window', ...define },
    plugins: [wholeMessages],
    alias: { 'uuid-v4': './src/replacements/uuid.js' },
    loader: { '.png': 'dataurl', '.svg': 'dataurl', '.woff2': 'dataurl', '.woff': 'dataurl' },
    logLevel: 'error',
  });
  const packages = bundledPackages(metafile.inputs);
  const problems = refusals(packages);
  for (const name of Object.keys(entries)) {
    const text = fs.readFileSync(path.join(work, `${name}.js`));
    if (text.includes('www.highcharts.com')) problems.push(`${name}.js: holds Highcharts`);
    console.log(`${name}.js ${(text.length / 1e6).toFixed(2)} MB, ${(zlib.gzipSync(text).length / 1e6).toFixed(2)} MB gzip`);
  }
  if (problems.length) {
    fs.rmSync(work, { recursive: true, force: true });
    console.error(`build refused:\n${problems.map((line) => `  ${line}`).join('\n')}`);
    process.exit(1);
  }
  fs.writeFileSync(path.join(work, 'NOTICES.txt'), notices(packages));
  fs.rmSync(out, { recursive: true, force: true });
  fs.mkdirSync(path.dirname(out), { recursive: true });
  fs.renameSync(work, out);
  return packages.length;
}

const started = Date.now();
const counts = [
  await bundle(entriesOf(pages, 'pages', 'jsx'), out),
  // A view of Splunk has a module loader of its own, which must not take a library for one of its modules.
  await bundle({
    ...entriesOf(appPages, 'app_pages', 'jsx'), ...entriesOf(appParts, 'app_parts', 'js', 'parts/'),
    // maplibre's own worker, as a file: no page of Splunk Web may start one from a text.
    'parts/map_worker': 'node_modules/maplibre-gl/dist/maplibre-gl-csp-worker.js',
  }, appOut, { define: 'undefined' }),
  await bundle(entriesOf(addonPages, 'addon_pages', 'jsx'), addonOut, { define: 'undefined' }),
];
console.log(`${counts.join(', ')} packages in the bundles, 0 of them charting-bundle; built in ${Date.now() - started} ms`);
