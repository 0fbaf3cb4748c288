/** The records of the local host: files of JSON lines, written and found again. */
package dev.berth.local.audit;
