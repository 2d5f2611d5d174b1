alter table switchgear_setting add remark varchar(200);
update switchgear_setting set remark = reason;
update switchgear_schema set version = 3;
