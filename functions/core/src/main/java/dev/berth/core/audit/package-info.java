/** Who did what and when, as CloudTrail records it: the records, their JSON, where they go. */
package dev.berth.core.audit;
