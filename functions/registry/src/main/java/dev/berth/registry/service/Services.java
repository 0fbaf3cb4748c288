package dev.berth.registry.service;

import dev.berth.core.conversion.ManifestSigner;
import dev.berth.core.quota.Quotas;
import dev.berth.core.secret.DeploymentSecret;
import dev.berth.core.secret.DeploymentSecret.Purpose;
import dev.berth.registry.authz.ResourcePolicies;
import dev.berth.registry.encryption.EncryptionKeys;
import dev.berth.registry.identity.ServiceLinkedRoles;
import dev.berth.registry.image.Conversions;
import dev.berth.registry.image.ImageDeletion;
import dev.berth.registry.image.ImageInventory;
import dev.berth.registry.image.ImageListing;
import dev.berth.registry.image.ImagePush;
import dev.berth.registry.image.ImageReader;
import dev.berth.registry.image.IncomingImages;
import dev.berth.registry.image.Referrers;
import dev.berth.registry.image.Replications;
import dev.berth.registry.image.TagDeletion;
import dev.berth.registry.layer.Layers;
import dev.berth.registry.lifecycle.ExpirationAudit;
import dev.berth.registry.lifecycle.ExpirationSteps;
import dev.berth.registry.lifecycle.LifecyclePolicies;
import dev.berth.registry.lifecycle.LifecycleRepositories;
import dev.berth.registry.lifecycle.LifecycleRuns;
import dev.berth.registry.lifecycle.PreviewEvaluation;
import dev.berth.registry.lifecycle.Previews;
import dev.berth.registry.lifecycle.RegistryLifecyclePolicies;
import dev.berth.registry.outbox.PullEvents;
import dev.berth.registry.repository.Repositories;
import dev.berth.registry.repository.RepositoryPolicies;
import dev.berth.registry.repository.RepositoryReader;
import dev.berth.registry.repository.ResourceTags;
import dev.berth.registry.scan.ImageScans;
import dev.berth.registry.scan.layer.LayerLimits;
import dev.berth.registry.settings.RegistryPolicies;
import dev.berth.registry.settings.ReplicationSettings;
import dev.berth.registry.store.Objects;
import dev.berth.registry.store.Table;
import dev.berth.registry.sweep.Sweeper;
import dev.berth.registry.upload.LayerTransfers;
import dev.berth.registry.upload.PartSizes;
import dev.berth.registry.upload.PartUploads;
import dev.berth.registry.upload.Uploads;
import java.time.Clock;

/** Everything that the registries of one deployment do, over one table and one store of objects. */
public record Services(
    Repositories repositories,
    RepositoryPolicies repositoryPolicies,
    LifecyclePolicies lifecyclePolicies,
    Previews previews,
    PreviewEvaluation previewEvaluation,
    RegistryLifecyclePolicies registryLifecyclePolicies,
    LifecycleRepositories lifecycleRepositories,
    LifecycleRuns lifecycleRuns,
    RegistryPolicies registryPolicies,
    ReplicationSettings replication,
    Replications replications,
    ServiceLinkedRoles roles,
    ResourceTags resourceTags,
    Layers layers,
    Uploads uploads,
    PartUploads partUploads,
    LayerTransfers transfers,
    PartSizes partSizes,
    ImagePush push,
    IncomingImages incomingImages,
    ImageReader images,
    PullEvents pullEvents,
    Conversions conversions,
    ImageListing listing,
    ImageDeletion deletion,
    TagDeletion tags,
    Referrers referrers,
    ImageScans scans,
    Sweeper sweeper,
    Objects objects,
    EncryptionKeys keys,
    ResourcePolicies policies) {

  /** Of a deployment that is the home of its accounts' identities. */
  public static Services over(
      Table table,
      Objects objects,
      EncryptionKeys keys,
      DeploymentSecret secret,
      PartSizes partSizes,
      Quotas quotas,
      ExpirationAudit audit,
      Clock clock) {
    var roles = new ServiceLinkedRoles(table, clock);
    return over(table, roles, objects, keys, secret, partSizes, quotas, false, audit, clock);
  }

  /**
   * @param store the deployment's own table
   * @param roles of the accounts, which are kept in the home region's table
   * @param tellsPulls whether pulls are told as events
   * @param audit where it is recorded what lifecycle policies expire
   */
  public static Services over(
      Table store,
      ServiceLinkedRoles roles,
      Objects objects,
      EncryptionKeys keys,
      DeploymentSecret secret,
      PartSizes partSizes,
      Quotas quotas,
      boolean tellsPulls,
      ExpirationAudit audit,
      Clock clock) {
    var policies = new ResourcePolicies(store, clock);
    Table table = policies.watched();
    var reader = new RepositoryReader(table);
    var lifecyclePolicies = new LifecyclePolicies(table);
    var uploadStates = secret.sealer(Purpose.UPLOAD_STATE);
    var deletion = new ImageDeletion(table, objects, reader, clock);
    var inventory = new ImageInventory(table, objects);
    var steps = new ExpirationSteps(table, deletion, audit, clock);
    var layers = new Layers(table, reader, keys, clock);
    var uploads = new Uploads(table, objects, reader, keys, uploadStates, clock, partSizes, quotas);
    var signer = new ManifestSigner(secret.key(Purpose.MANIFEST_SIGNATURE));
    var push = new ImagePush(table, objects, reader, clock, quotas);
    var pullEvents = tellsPulls ? PullEvents.in(table, clock) : PullEvents.none();
    var conversions = new Conversions(layers, uploads, objects, signer);
    var images = new ImageReader(table, objects, reader, conversions, pullEvents, clock);
    return new Services(
        new Repositories(table, keys, clock, quotas),
        new RepositoryPolicies(table),
        lifecyclePolicies,
        new Previews(table, reader, lifecyclePolicies, clock),
        new PreviewEvaluation(table, inventory),
        new RegistryLifecyclePolicies(table),
        new LifecycleRepositories(table),
        new LifecycleRuns(lifecyclePolicies, inventory, steps, clock),
        new RegistryPolicies(table),
        new ReplicationSettings(table, roles, clock),
        Replications.over(table, reader, clock),
        roles,
        new ResourceTags(table),
        layers,
        uploads,
        new PartUploads(table, objects, reader, keys, clock, partSizes, quotas),
        new LayerTransfers(
            table, objects, reader, keys, layers, audit.wall(), clock, partSizes, quotas),
        partSizes,
        push,
        new IncomingImages(push, layers),
        images,
        pullEvents,
        conversions,
        new ImageListing(table, reader),
        deletion,
        new TagDeletion(table, reader, deletion),
        new Referrers(table, objects, reader),
        ImageScans.over(table, reader, objects, images, LayerLimits.DEFAULT, clock),
        new Sweeper(table, objects, deletion, steps, keys, audit.wall(), clock),
        objects,
        keys,
        policies);
  }
}
