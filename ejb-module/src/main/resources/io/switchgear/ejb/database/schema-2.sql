-- The tables of Switchgear, from version 1 to version 2. The ejb-module runs this itself if it may create tables.

-- the highest version of the values that were deleted with nodes that are gone
create table if not exists switchgear_cleaned (
    application varchar(200) not null,
    version numeric(18) not null,
    primary key (application)
);

-- last, so that an upgrade that was interrupted is repeated
update switchgear_schema set version = 2;
