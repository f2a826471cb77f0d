import { useEffect, useState } from 'react';

/** A value that has not changed for a moment, so that not every key asks the server. */
export function useSettled<Value>(value: Value, key: string): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(() => value), 300);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the key says when the value is another one
  }, [key]);
  return settled;
}
