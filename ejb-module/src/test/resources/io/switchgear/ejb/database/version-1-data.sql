-- what release 0.1 wrote into tables of version 1
insert into switchgear_application (application, version) values ('shop', 5);
insert into switchgear_application (application, version) values ('bank', 1);
insert into switchgear_setting values ('shop', '*', 'breaker', 'payments', 'failure-threshold', '7', 1, 'node-1', 'ada at 10.0.0.5', '', '2026-02-01T10:00:00.000Z', null);
insert into switchgear_setting values ('shop', 'node-2', 'breaker', 'payments', 'open-millis', '9000', 2, 'node-2', 'bob', 'it''s "late"', '2026-02-01T10:00:01.500Z', null);
insert into switchgear_setting values ('shop', '*', 'breaker', 'payments', 'mode', 'FORCED_OPEN', 3, 'node-1', 'ada', 'repairs; until noon', '2026-02-01T10:00:02.000Z', '2126-02-01T12:00:00.000Z');
insert into switchgear_setting values ('shop', '*', 'retry', 'Orders#plc("a", ''b'') äé', 'max-attempts', null, 5, 'node-1', 'cn=äda, ou=ops', null, '2026-02-01T10:00:04.000Z', null);
insert into switchgear_setting values ('bank', '*', 'breaker', 'payments', 'failure-threshold', '70', 1, 'node-1', 'ada', '', '2026-02-01T10:00:00.000Z', null);
insert into switchgear_change values ('shop', 1, 0, 'w-1', '2026-02-01T10:00:00.000Z', 'node-1', 'ada at 10.0.0.5', 'local change', '*', 'breaker', 'payments', 'failure-threshold', null, '7', '', null);
insert into switchgear_change values ('shop', 2, 0, 'w-2', '2026-02-01T10:00:01.500Z', 'node-2', 'bob', 'local change', 'node-2', 'breaker', 'payments', 'open-millis', null, '9000', 'it''s "late"', null);
insert into switchgear_change values ('shop', 3, 0, 'w-3', '2026-02-01T10:00:02.000Z', 'node-1', 'ada', 'fleet operation', '*', 'breaker', 'payments', 'mode', null, 'FORCED_OPEN', 'repairs; until noon', '2126-02-01T12:00:00.000Z');
insert into switchgear_change values ('shop', 4, 0, 'w-4', '2026-02-01T10:00:03.000Z', 'node-1', 'cn=äda, ou=ops', 'local change', '*', 'retry', 'Orders#plc("a", ''b'') äé', 'max-attempts', null, '4', null, null);
insert into switchgear_change values ('shop', 5, 0, 'w-5', '2026-02-01T10:00:04.000Z', 'node-1', 'cn=äda, ou=ops', 'local change', '*', 'retry', 'Orders#plc("a", ''b'') äé', 'max-attempts', '4', null, null, null);
insert into switchgear_change values ('bank', 1, 0, 'w-1', '2026-02-01T10:00:00.000Z', 'node-1', 'ada', 'local change', '*', 'breaker', 'payments', 'failure-threshold', null, '70', '', null);
insert into switchgear_node values ('shop', 'node-1', 'f3a1', '2026-02-01T09:00:00.000Z', '2026-02-01T10:00:05.000Z', 5, 0, '0.1', 'payments OPEN (FORCED_OPEN)', '');
insert into switchgear_node values ('shop', 'node-2', 'c0de', '2026-02-01T09:00:00.000Z', '2026-02-01T10:00:05.000Z', 4, 2, '0.1', '', 'payments refuses what is stored: ...');
