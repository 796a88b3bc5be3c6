// What a chart shows without rows: that its search is still read, or that it gave none; a sentence, not an empty frame.
import React from 'react';

export default function NoRows({ width, height, reading }) {
  return <div className="no-rows" role="status" style={{ width, height }}>{reading ? 'Reading…' : 'No rows.'}</div>;
}
