package dev.berth.lambda.wiring;

import dev.berth.core.audit.AuditLog;
import dev.berth.registry.encryption.EncryptionKeys;
import dev.berth.registry.identity.Identities;
import dev.berth.registry.outbox.EventBus;
import dev.berth.registry.replication.Peers;
import dev.berth.registry.scan.update.FeedUpdates;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import dev.berth.registry.trigger.FunctionRequests;
import dev.berth.registry.upload.LayerSources;

/**
 * What a deployment stands on.
 *
 * @param encryptionKeys the region's, for repositories that have one
 * @param identities of all accounts, which are kept in the home region's table
 * @param bus where its events go
 * @param requests by which its functions start each other
 * @param peers into which it replicates
 * @param audit where every call is recorded
 * @param layers of other deployments
 * @param feeds what the daily rule does about them
 */
public record DeploymentPorts(
    Table table,
    Objects objects,
    EncryptionKeys encryptionKeys,
    Identities identities,
    EventBus bus,
    FunctionRequests requests,
    Peers peers,
    AuditLog audit,
    LayerSources layers,
    FeedUpdates feeds) {}
