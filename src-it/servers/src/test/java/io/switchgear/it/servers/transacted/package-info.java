/** An application whose guarded methods write to a database in transactions of every kind. */
package io.switchgear.it.servers.transacted;
