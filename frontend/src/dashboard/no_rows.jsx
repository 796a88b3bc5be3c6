// What a chart shows when its search gave no rows: a sentence, not an empty frame.
import React from 'react';

export default function NoRows({ width, height, loading }) {
  return <div className="no-rows" style={{ width, height }}>{loading ? 'Searching' : 'No rows.'}</div>;
}
