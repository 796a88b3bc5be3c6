// Checks Dashboard Studio views without a browser: `npm run validate [-- FILE.xml ...]`, by default the app's own.
// Splunk's schema judges types and options; view_checks.mjs judges what the schema does not see.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkView } from './view_checks.mjs';

const require = createRequire(import.meta.url);
const { createSchemaBasedOnPresets } = require('@splunk/dashboard-definition');
const { DashboardValidator } = require('@splunk/dashboard-validation');

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const VIEWS = path.join(ROOT, 'minerva_app/default/data/ui/views');
// What the stand-in's pages draw; a view with another type would be broken there.
const DRAWN = [
  'Area', 'Bar', 'Column', 'Line', 'LinkGraph', 'Markdown', 'NetworkGraph', 'SingleValue', 'SingleValueIcon',
  'SingleValueRadial', 'Table', 'Timeline',
];

function preset() {
  const visualizations = Object.fromEntries(DRAWN.map((name) => {
    const found = require(`@splunk/visualizations/${name}.config.js`).default;
    const config = found.config || found;
    return [config.key, { config }];
  }));
  const schema = (file) => ({ schema: require(`@splunk/datasources/${file}`).default });
  const search = schema('SplunkSearchOptionsSchema');
  // dashboard-context adds this option when it draws: results of the search are tokens of others.
  search.schema = { ...search.schema, enableSmartSources: { type: 'boolean' } };
  return {
    visualizations,
    dataSources: {
      'ds.search': search,
      'ds.chain': search,
      'ds.savedSearch': schema('SplunkSavedSearchOptionsSchema'),
      'ds.test': schema('TestDataSourceOptionsSchema'),
    },
    inputs: {},
    layouts: {},
    eventHandlers: {},
  };
}

/** The JSON definition inside a view's XML. */
export function definitionOf(text) {
  const found = /<definition><!\[CDATA\[([\s\S]*?)\]\]><\/definition>/.exec(text);
  if (found === null) throw new Error('no <definition><![CDATA[...]]></definition>');
  return JSON.parse(found[1]);
}

const files = process.argv.slice(2).length
  ? process.argv.slice(2)
  : fs.readdirSync(VIEWS).filter((name) => name.endsWith('.xml')).sort().map((name) => path.join(VIEWS, name))
    // Other views are places for the app's own pages (src/app_pages) and hold no definition.
    .filter((file) => /<dashboard[^>]* version="2"/.test(fs.readFileSync(file, 'utf8')));
const validator = new DashboardValidator();
const broken = validator.setSchema(createSchemaBasedOnPresets(preset()));
if (broken) throw new Error(`the schema itself is broken: ${JSON.stringify(broken)}`);

let problems = 0;
for (const file of files) {
  let found;
  try {
    const definition = definitionOf(fs.readFileSync(file, 'utf8'));
    const schema = (validator.validate(definition) || []).map((error) => `${error.instancePath} ${error.message}`);
    const views = [...files, ...fs.readdirSync(VIEWS)].map((other) => path.basename(other, '.xml'));
    found = [...schema, ...checkView(definition, { views })];
  } catch (error) {
    found = [error.message];
  }
  problems += found.length;
  console.log(`${path.relative(ROOT, path.resolve(file))}: ${found.length === 0 ? 'ok' : `${found.length} problems`}`);
  for (const line of found) console.log(`  ${line}`);
}
process.exit(problems ? 1 : 0);
