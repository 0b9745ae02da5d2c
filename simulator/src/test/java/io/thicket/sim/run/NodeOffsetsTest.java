package io.thicket.sim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thicket.agent.config.ConfigException;
import io.thicket.sim.fit.LinkFit;
import io.thicket.sim.fit.LinkShadowing;
import io.thicket.sim.fit.NodeOffsetFit;
import io.thicket.sim.kernel.Seeds;
import io.thicket.sim.medium.wifi.Positions;
import io.thicket.sim.scenario.file.ImportException;
import io.thicket.sim.scenario.file.MeasuredLinks;
import io.thicket.sim.scenario.file.Overrides;
import io.thicket.sim.scenario.file.Scenario;
import io.thicket.sim.scenario.file.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("any-jdk") // it only computes
final class NodeOffsetsTest {
    private static final double WIDTH_M = 20;

    @TempDir
    private Path directory;

    /** Node by node 20 m farther along a line. */
    private record Line(int nodes) implements Positions {
        @Override
        public double x(int node, long atUs) {
            return WIDTH_M * node;
        }

        @Override
        public double y(int node, long atUs) {
            return 7;
        }

        @Override
        public boolean isStatic() {
            return true;
        }
    }

    /** Of one node alone. */
    private static double of(NodeOffsets offsets, int node) {
        return offsets.db(node, node) / 2;
    }

    @Test
    void without_a_width_no_two_are_alike() {
        int nodes = 20_000;
        NodeOffsets offsets = NodeOffsets.draw(4, 0, new Line(nodes), new Seeds(1));
        double squares = 0;
        double products = 0;
        for (int node = 1; node < nodes; node++) {
            squares += of(offsets, node) * of(offsets, node) / nodes;
            products += of(offsets, node) * of(offsets, node - 1) / nodes;
        }

        assertEquals(4, Math.sqrt(squares), 0.1);
        assertEquals(0, products / squares, 0.03);
    }

    @Test
    void with_a_width_places_are_alike_by_an_exponential_of_their_distance() {
        int seeds = 2_000;
        double[] products = new double[4];
        for (int seed = 0; seed < seeds; seed++) {
            NodeOffsets offsets = NodeOffsets.draw(3, WIDTH_M, new Line(products.length), new Seeds(seed));
            for (int widths = 0; widths < products.length; widths++) {
                products[widths] += of(offsets, 0) * of(offsets, widths) / seeds;
            }
        }

        assertEquals(3, Math.sqrt(products[0]), 0.15);
        for (int widths = 1; widths < products.length; widths++) {
            assertEquals(Math.exp(-widths), products[widths] / products[0], 0.06, widths + " widths");
        }
    }

    @Test
    void a_node_more_changes_no_other() {
        for (double widthM : new double[] {0, WIDTH_M}) {
            NodeOffsets few = NodeOffsets.draw(3, widthM, new Line(3), new Seeds(5));
            NodeOffsets more = NodeOffsets.draw(3, widthM, new Line(4), new Seeds(5));

            for (int node = 0; node < 3; node++) {
                assertEquals(few.db(0, node), more.db(0, node));
            }
        }
    }

    @Test
    void without_a_deviation_there_are_none() {
        NodeOffsets offsets = NodeOffsets.draw(0, WIDTH_M, new Line(3), new Seeds(5));

        assertEquals(0, offsets.db(0, 1));
        assertEquals(0, offsets.mostDb());
    }

    @Test
    void offsets_that_a_scenario_draws_are_found_again_by_the_fit() throws Exception {
        NodeOffsetFit alone = fit("node_offset = 4\n");
        NodeOffsetFit alike = fit("node_offset = 4\nnode_offset_width = 30\n");

        assertEquals(4, alone.offsetDb(), 0.8);
        assertTrue(alone.decorrelationM() < 10, () -> alone.decorrelationM() + " m");
        // What cannot be told apart well is size and width; their ratio can.
        assertEquals(4 * 4 / 30.0, alike.offsetDb() * alike.offsetDb() / alike.decorrelationM(), 0.2);
        assertTrue(alike.decorrelationM() > 10, () -> alike.decorrelationM() + " m");
        for (NodeOffsetFit fit : new NodeOffsetFit[] {alone, alike}) {
            assertEquals(2.5, fit.exponent(), 0.1);
            assertEquals(3, fit.sigmaDb(), 0.2);
        }
    }

    @Test
    void links_that_a_scenario_makes_alike_are_found_again_by_the_fit() throws Exception {
        LinkFit fit = linkFit("shadowing_width = 15\nshadowing_alike = 0.8\n");
        LinkShadowing found = fit.shadowing().orElseThrow();

        assertEquals(0.8, found.share(), 0.15);
        assertEquals(Math.log(15), Math.log(found.decorrelationM()), Math.log(2));
        assertTrue(linkFit("").shadowing().isEmpty(), "links of each alone are not alike");
    }

    private NodeOffsetFit fit(String more) throws ConfigException, IOException, ImportException {
        return linkFit(more).offsets();
    }

    /** Of all links of 100 nodes in a square of 100 m, at 2.5 with 3 dB of shadowing. */
    private LinkFit linkFit(String more) throws ConfigException, IOException, ImportException {
        String text = "[scenario]\nseed = 3\n[nodes]\nlayout = \"grid\"\ncount = 100\nspacing = 11\n[radio]\n"
                + "model = \"log_distance\"\nexponent = 2.5\nshadowing = 3\nasymmetry = 0\nnoise = -140\n" + more;
        Scenario scenario = ScenarioReader.parse(text, "test.toml", directory, Overrides.NONE);
        Positions positions = scenario.nodes().positions();
        PlannedWorld world = new PlannedWorld(scenario);
        StringBuilder nodes = new StringBuilder("name,x,y\n");
        StringBuilder links = new StringBuilder("from,to,rssi_dbm\n");
        for (int from = 0; from < scenario.nodes().count(); from++) {
            nodes.append("n%d,%f,%f%n".formatted(from, positions.x(from, 0), positions.y(from, 0)));
            for (int to = 0; to < from; to++) {
                double squaredM = Math.pow(positions.x(from, 0) - positions.x(to, 0), 2)
                        + Math.pow(positions.y(from, 0) - positions.y(to, 0), 2);
                double dbm = 10 * Math.log10(world.propagation().power(from, to, squaredM));
                links.append("n%d,n%d,%f%nn%d,n%d,%f%n".formatted(from, to, dbm, to, from, dbm));
            }
        }
        Files.writeString(directory.resolve("nodes.csv"), nodes);
        Files.writeString(directory.resolve("links.csv"), links);
        MeasuredLinks table =
                MeasuredLinks.read(directory.resolve("links.csv"), directory.resolve("nodes.csv"), Map.of());
        return LinkFit.of(table.rows(), table.places()).orElseThrow();
    }
}
