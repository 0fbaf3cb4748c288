package dev.berth.lambda.ecr;

import dev.berth.registry.RegistryException;

/**
 * A call that one operation makes of another before it does its own work: in the name of the same
 * caller, who has to be allowed it, and with a record of its own.
 *
 * @param harmless a refusal that does not matter
 */
record PriorCall<I, O>(
    Operations.Entry<I, O> operation, I request, Class<? extends RegistryException> harmless) {}
