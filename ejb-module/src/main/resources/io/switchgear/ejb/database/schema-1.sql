-- The tables of Switchgear, version 1. The ejb-module runs this itself if it may create tables. Times are ISO 8601, UTC.

-- the version of each application; a write locks and increments it
create table if not exists switchgear_application (
    application varchar(200) not null,
    version numeric(18) not null,
    primary key (application)
);

-- what is in force; target * is all nodes, a value of null is reverted to configuration
create table if not exists switchgear_setting (
    application varchar(200) not null,
    target varchar(200) not null,
    kind varchar(40) not null,
    name varchar(200) not null,
    setting varchar(80) not null,
    setting_value varchar(200),
    version numeric(18) not null,
    node varchar(200) not null,
    author varchar(200) not null,
    reason varchar(200),
    changed_at varchar(30) not null,
    ends_at varchar(30),
    primary key (application, kind, name, setting, target)
);

-- every change: when, on which node, who, from where, what, old, new, why; the id of a write finds one that took effect
-- although its answer was lost
create table if not exists switchgear_change (
    application varchar(200) not null,
    version numeric(18) not null,
    seq numeric(9) not null,
    write_id varchar(40) not null,
    changed_at varchar(30) not null,
    node varchar(200) not null,
    author varchar(200) not null,
    source varchar(200),
    target varchar(200) not null,
    kind varchar(40) not null,
    name varchar(200) not null,
    setting varchar(80) not null,
    old_value varchar(200),
    new_value varchar(200),
    reason varchar(200),
    ends_at varchar(30),
    primary key (application, version, seq),
    unique (application, write_id, seq)
);

create table if not exists switchgear_node (
    application varchar(200) not null,
    node varchar(200) not null,
    incarnation varchar(40) not null,
    started_at varchar(30) not null,
    heartbeat_at varchar(30) not null,
    applied_version numeric(18) not null,
    pending numeric(9) not null,
    library varchar(80),
    states varchar(4000),
    refused varchar(4000),
    primary key (application, node)
);

-- one row; last, so that a creation that was interrupted is repeated
create table if not exists switchgear_schema (
    id numeric(1) not null,
    version numeric(9) not null,
    primary key (id)
);

insert into switchgear_schema (id, version) values (1, 1);
