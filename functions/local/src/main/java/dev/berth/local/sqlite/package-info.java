/** The table of the local host: SQLite. */
package dev.berth.local.sqlite;
