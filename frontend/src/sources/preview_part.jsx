// What the choices make of the sample: records, identifiers, refused rows with the reason, what the facts still lack.
import React from 'react';
import Button from '@splunk/react-ui/Button';
import Chip from '../parts/chip.jsx';
import DataTable from '../parts/data_table.jsx';
import { Failed, Partial } from '../parts/states.jsx';
import { Line, Section } from './fields.jsx';

function stated(record) {
  return Object.entries(record.attributes).map(([name, value]) => `${name.replaceAll('_', ' ')}: ${[].concat(value).join(', ')}`).join('; ');
}

/** made: what the last run gave; isOld: facts or choices were changed since. */
export default function PreviewPart({ made, isOld, onPreview, busy, error }) {
  return (
    <Section aria-label="Preview">
      <h2>3. Records that it would make</h2>
      <Line>
        <Button appearance="primary" label={busy ? 'Mapping …' : 'Run this against the sample'} disabled={busy} onClick={onPreview} />
        {made?.records && (
          <span role="status" data-test="preview-counts">
            {made.made} of {made.read} rows become records, {made.refused} are refused; {Object.values(made.identifiers).reduce((sum, count) => sum + count, 0)} identifiers{made.left > 0 && `; ${made.left} further rows were not tried, so that this answers at once`}
          </span>
        )}
      </Line>
      {error && <Failed text={error} />}
      {isOld && <Partial>Facts or choices were changed since: run it again to see what they make{made.problems?.length > 0 ? ' and what is still missing' : ''}.</Partial>}
      {!isOld && made?.problems?.length > 0 && (
        <Partial>Still missing or wrong: {made.problems.map((item) => `${item.key ? `${item.key}: ` : ''}${item.words}`).join('; ')}.</Partial>
      )}
      {made?.refusals?.length > 0 && (
        <DataTable
          label="Refused rows" rows={made.refusals} id={(row) => row.place} perPage={10}
          columns={[
            { id: 'place', title: 'Refused row', cell: (row) => row.place, width: '30%' },
            { id: 'words', title: 'Why', cell: (row) => row.words },
          ]}
        />
      )}
      {made?.records?.length > 0 && (
        <DataTable
          label="Records" rows={made.records} id={(row) => row.place} perPage={10}
          columns={[
            { id: 'name', title: 'Record', cell: (row) => <><b>{row.name || row.title || row.source_key}</b>{row.title && row.name ? <div>{row.title}</div> : null}<div>{row.text}</div></>, width: '28%' },
            { id: 'place', title: 'Place', cell: (row) => [row.place_name, row.country].filter(Boolean).join(', '), width: '18%' },
            { id: 'time', title: 'Time', cell: (row) => row.time.slice(0, 10), width: '10%' },
            { id: 'identifiers', title: 'Identifiers', cell: (row) => row.identifiers.map((name) => <Chip key={name} identifier={name} />), width: '24%' },
            { id: 'attributes', title: 'Further facts', cell: stated, width: '20%' },
          ]}
        />
      )}
      {made?.unknown_columns && Object.keys(made.unknown_columns).length > 0 && <p>Columns that the map does not know: {Object.keys(made.unknown_columns).join(', ')}.</p>}
    </Section>
  );
}
