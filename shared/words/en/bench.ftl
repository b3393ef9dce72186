### jiaohao bench: a hall under the load of many programs

bench-done = { $issued } tickets issued and { $called } called by { $processes } processes
bench-rates = { $issues } issues a second, { $calls } calls a second
bench-faults = Numbers given twice: { $numbers }; tickets called twice: { $called }; errors: { $errors }
bench-log-clean = Log and tables agree
bench-log-differs = Log and tables DIFFER:
