/** Records and counts calls: what the wires have in common, and how lines are kept. */
package dev.berth.lambda.audit;
