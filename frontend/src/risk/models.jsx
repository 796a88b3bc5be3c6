// The two models of a trade: what each is, which learned one is active, how far today's businesses differ from those it was
// trained on; labels as a file, and activation by an administrator.
import React, { useCallback, useEffect, useState } from 'react';
import Button from '@splunk/react-ui/Button';
import { operate } from '../investigate/asking.js';
import { words } from '../investigate/use_investigation.js';
import { csvText } from '../parts/csv.js';
import DataTable from '../parts/data_table.jsx';
import Deed from '../parts/deed.jsx';
import keepFile from '../parts/keep_file.js';
import { Failed } from '../parts/states.jsx';
import { day } from '../parts/times.js';
import { share } from './words.js';

const DRIFT = [
  { id: 'feature', title: 'Feature', cell: (row) => row.feature, sort: (row) => row.feature },
  { id: 'stability', title: 'Population stability', number: true, cell: (row) => row.stability, sort: (row) => row.stability },
  { id: 'words', title: 'Against training', cell: (row) => row.words, sort: (row) => row.stability },
];

async function saveLabels(sector) {
  const { columns, rows } = await operate('risk_labels', { sector });
  keepFile(`labels_${sector}.csv`, new Blob([csvText([columns, ...rows])], { type: 'text/csv' }));
}

function Reached({ figures }) {
  if (!figures?.businesses) return null;
  return (
    <p>
      On regions that it had not seen ({figures.regions.join(', ')}; {figures.businesses} businesses): AUC {figures.auc}, the first tenth holds {share(figures.top_tenth)} of
      those confirmed, calibration error {figures.calibration_error}.
    </p>
  );
}

export default function Models({ sector, labelled }) {
  const [found, setFound] = useState(null);
  const [error, setError] = useState('');
  const [doing, setDoing] = useState('');
  const [file, setFile] = useState(null);
  const load = useCallback(() => operate('risk_models', { drift: true }).then(setFound).catch((problem) => setError(words(problem))), []);
  useEffect(() => { load(); }, [load]);
  const held = found?.models.find((each) => each.sector === sector);
  const change = async ({ why }) => {
    if (doing === 'remove') {
      await operate('risk_model', { op: 'remove', sector, why });
    } else {
      let model;
      try {
        model = JSON.parse(await file.text());
      } catch {
        throw new Error('The file is no JSON: choose the one that build.py train risk wrote.');
      }
      await operate('risk_model', { op: 'set', model, why });
    }
    await load();
  };
  const close = () => { setDoing(''); setFile(null); };
  return (
    <details style={{ margin: '6px 0 12px' }} data-test="models">
      <summary>Points and a learned model{held ? ': a learned one is active' : ': only points are in use'}</summary>
      {error && <Failed text={error} onAgain={() => { setError(''); load(); }} />}
      {found && (
        <>
          <p>{found.points_are}</p>
          <p>{found.learned_is}</p>
          {held ? (
            <>
              <p role="note">{held.model.statement} Activated {day(held.time)} by {held.by}: {held.why}</p>
              <Reached figures={held.model.held_back} />
              {held.drift.length > 0 && <DataTable label="Drift against training" rows={held.drift} id={(row) => row.feature} columns={DRIFT} />}
            </>
          ) : <p>No learned model is active for this trade. {labelled || 'No'} businesses are labelled; at least 200 labels of two regions are needed to train one (build.py train risk).</p>}
          <p style={{ display: 'flex', gap: 8 }}>
            <Button label="Save labels as a file" onClick={() => saveLabels(sector).catch((problem) => setError(words(problem)))} />
            <Button label="Activate a model" onClick={() => setDoing('set')} />
            {held && <Button label="Take it out of use" onClick={() => setDoing('remove')} />}
          </p>
        </>
      )}
      {doing === 'set' && (
        <Deed title="Activate a learned model" label="Activate" onClose={close} run={change}>
          <p>For administrators. A model that was trained on an invented world, that is damaged or of another version is refused. The points stay as they are.</p>
          <label htmlFor="risk-model-file">File of the model </label>
          <input id="risk-model-file" type="file" accept="application/json,.json" onChange={(event) => setFile(event.target.files[0] || null)} />
        </Deed>
      )}
      {doing === 'remove' && <Deed title="Take the learned model out of use" label="Take it out" onClose={close} run={change}><p>Only points are shown from then on.</p></Deed>}
    </details>
  );
}
