// Says that two entities that stand apart are one: the other is looked up as in the box, then judged by a record of each.
import React, { useState } from 'react';
import Button from '@splunk/react-ui/Button';
import Modal from '@splunk/react-ui/Modal';
import Text from '@splunk/react-ui/Text';
import { Failed, Nothing, Waiting } from '../../parts/states.jsx';
import { lookUp, understand } from '../asking.js';
import { entityTitle, sizeWords } from '../entity_title.js';
import { JudgeDeed } from './judging.jsx';
import { words } from '../use_investigation.js';

const MOST = 20;

/** Entities of the same institution that hold what a text says, without the one that asks. */
async function othersLike(text, document) {
  const understood = await understand(text);
  const nothing = understood.entities.length + understood.records.length + understood.identifiers.length === 0;
  const { cards } = await lookUp({
    ...understood, identifiers: understood.identifiers.map(({ identifier }) => identifier), ...(nothing ? { names: text } : {}),
  });
  return cards.filter((card) => card.entity_id !== document.entity_id && card.tenant_id === document.tenant_id && card.records.length > 0).slice(0, MOST);
}

export default function SameAs({ document, onClose }) {
  const [text, setText] = useState('');
  const [state, setState] = useState({ name: 'idle' });
  const [other, setOther] = useState(null);
  const look = async (event) => {
    event.preventDefault();
    setState({ name: 'waiting' });
    try {
      setState({ name: 'done', cards: await othersLike(text.trim(), document) });
    } catch (problem) {
      setState({ name: 'failed', error: words(problem) });
    }
  };
  if (other) {
    return (
      <JudgeDeed
        pair={{ a: document.records[0], b: other.records[0] }} verdict="same" onClose={(done) => { if (!done) onClose(''); }}
        onDone={() => onClose(`Judged the same as ${entityTitle(other)}. It takes effect at the next refresh.`)}
      />
    );
  }
  return (
    <Modal open onRequestClose={() => onClose('')} style={{ width: 520 }}>
      <Modal.Header title={`${entityTitle(document)} is the same as …`} onRequestClose={() => onClose('')} />
      <Modal.Body>
        <form onSubmit={look} style={{ display: 'flex', gap: 8 }}>
          <Text value={text} inputId="same-as" autoComplete="off" placeholder="A number, a name or an address of the other" aria-label="The other entity" onChange={(event, { value }) => setText(value)} />
          <Button type="submit" label="Look it up" disabled={!text.trim() || state.name === 'waiting'} />
        </form>
        {state.name === 'waiting' && <Waiting what="Looking for who holds it" />}
        {state.name === 'failed' && <Failed text={state.error} />}
        {state.name === 'done' && state.cards.length === 0 && <Nothing title="No other entity of your institution holds this" />}
        {state.name === 'done' && state.cards.length > 0 && (
          <ul style={{ margin: '10px 0 0', paddingLeft: 18 }} data-test="others">
            {state.cards.map((card) => (
              <li key={card.entity_id} style={{ marginBottom: 6 }}>
                <button type="button" className="mv-link" onClick={() => setOther(card)}>{entityTitle(card)}</button>{' '}
                ({sizeWords(card.size, card.sources)}{card.cities.length > 0 && `, ${card.cities.slice(0, 3).join(', ')}`})
              </li>
            ))}
          </ul>
        )}
      </Modal.Body>
      <Modal.Footer><Button label="Cancel" onClick={() => onClose('')} /></Modal.Footer>
    </Modal>
  );
}
