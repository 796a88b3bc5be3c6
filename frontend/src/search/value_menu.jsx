// What can be done with a field's value: narrow the search by it, leave it out, begin a new search with it.
import React from 'react';
import Dropdown from '@splunk/react-ui/Dropdown';
import Menu from '@splunk/react-ui/Menu';

/** actions: {add, exclude, start}, each called with name and value. An action that is absent is not offered. */
export default function ValueMenu({ name, value, actions, className = '' }) {
  const toggle = (
    <button type="button" className={`value-link ${className}`} title={`What to do with this value of ${name}`}>{value === '' ? '(empty)' : value}</button>
  );
  return (
    <Dropdown toggle={toggle}>
      <Menu>
        {actions.add && <Menu.Item onClick={() => actions.add(name, value)}>Add to the search</Menu.Item>}
        {actions.exclude && <Menu.Item onClick={() => actions.exclude(name, value)}>Leave out of the search</Menu.Item>}
        {actions.start && <Menu.Item onClick={() => actions.start(name, value)}>New search for it</Menu.Item>}
      </Menu>
    </Dropdown>
  );
}
