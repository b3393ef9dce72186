### jiaohao staffing: how many counters the hall needs

staffing-working = Reading past days
staffing-no-past = There are no past days to learn from yet
staffing-open =
    Open counter { $counter } now: nine in ten wait { $trend ->
        [down] falls from { $before } to { $after }
        [up] rises from { $before } to { $after }
       *[same] stays at { $after }
    } minutes; called within the promise { $kept_before } % → { $kept_after } %
staffing-close =
    Without counter { $counter }: nine in ten wait { $trend ->
        [down] falls from { $before } to { $after }
        [up] rises from { $before } to { $after }
       *[same] stays at { $after }
    } minutes; called within the promise { $kept_before } % → { $kept_after } %
staffing-stranded = Waiting for what no open counter offers: { $before } → { $after }
staffing-all-services = All services
staffing-column-time = from
staffing-column-arrivals = come
staffing-column-minutes = minutes each
staffing-column-needed = counters needed
staffing-column-at-work = were at work
staffing-column-expected = in time, expected
staffing-column-kept = in time, was
staffing-column-wait = mean wait
