package lines;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import jdk.internal.org.objectweb.asm.ClassReader;
import jdk.internal.org.objectweb.asm.ClassWriter;
import jdk.internal.org.objectweb.asm.Opcodes;
import jdk.internal.org.objectweb.asm.Type;
import jdk.internal.org.objectweb.asm.tree.AbstractInsnNode;
import jdk.internal.org.objectweb.asm.tree.ClassNode;
import jdk.internal.org.objectweb.asm.tree.FieldInsnNode;
import jdk.internal.org.objectweb.asm.tree.InsnList;
import jdk.internal.org.objectweb.asm.tree.InsnNode;
import jdk.internal.org.objectweb.asm.tree.LdcInsnNode;
import jdk.internal.org.objectweb.asm.tree.MethodInsnNode;
import jdk.internal.org.objectweb.asm.tree.MethodNode;
import jdk.internal.org.objectweb.asm.tree.VarInsnNode;

/** Puts a call of {@link LineCounter} before each access to a field or an array in Thicket's methods and those of some collections. */
public final class LineAgent implements ClassFileTransformer {
    private static final String COUNTER = "lines/LineCounter";

    private static final Set<String> COLLECTIONS = Set.of(
            "java/util/ArrayList",
            "java/util/ArrayList$Itr",
            "java/util/ArrayDeque",
            "java/util/BitSet",
            "java/util/HashMap",
            "java/util/HashMap$HashIterator",
            "java/util/LinkedHashMap",
            "java/util/LinkedHashMap$LinkedHashIterator",
            "java/util/TreeMap",
            "java/lang/String",
            "java/nio/HeapByteBuffer");

    /** Of int, long, float, double, reference, byte, char and short, in the order of the instructions. */
    private static final int[] ELEMENT_BYTES = {4, 8, 4, 8, 4, 1, 2, 2};

    private static final int[] STORES = {
        Opcodes.ISTORE,
        Opcodes.LSTORE,
        Opcodes.FSTORE,
        Opcodes.DSTORE,
        Opcodes.ASTORE,
        Opcodes.ISTORE,
        Opcodes.ISTORE,
        Opcodes.ISTORE
    };

    public static void premain(String counterJar, Instrumentation instrumentation) throws Exception {
        instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(counterJar));
        Class.forName("lines.LineCounter", true, null);
        instrumentation.addTransformer(new LineAgent(), true);
        List<Class<?>> loaded = new ArrayList<>();
        for (Class<?> each : instrumentation.getAllLoadedClasses()) {
            if (COLLECTIONS.contains(each.getName().replace('.', '/'))) {
                loaded.add(each);
            }
        }
        instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(LineCounter::report));
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> known, ProtectionDomain domain, byte[] bytes) {
        if (name == null || !(name.startsWith("io/thicket/") || COLLECTIONS.contains(name))) {
            return null;
        }
        try {
            ClassNode type = new ClassNode();
            new ClassReader(bytes).accept(type, 0);
            for (MethodNode method : type.methods) {
                boolean hasCode = (method.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
                if (hasCode && !method.name.startsWith("<")) { // an object that is made is not waited for
                    watch(name, method);
                }
            }
            ClassWriter writer = new ClassWriter(0);
            type.accept(writer);
            return writer.toByteArray();
        } catch (RuntimeException e) {
            e.printStackTrace(); // the JVM would say nothing, and run the class as it is
            return null;
        }
    }

    private static void watch(String type, MethodNode method) {
        String its = simple(type) + "." + method.name + " ";
        int spare = method.maxLocals;
        for (AbstractInsnNode each : method.instructions.toArray()) {
            InsnList added = new InsnList();
            int code = each.getOpcode();
            if (each instanceof FieldInsnNode access && (code == Opcodes.GETFIELD || code == Opcodes.PUTFIELD)) {
                field(added, access, LineCounter.site(its + simple(access.owner) + "#" + access.name, access.name, 0));
            } else if (code >= Opcodes.IALOAD && code <= Opcodes.SALOAD) {
                added.add(new InsnNode(Opcodes.DUP2));
                call(added, "element", "(Ljava/lang/Object;II)V", element(its, code - Opcodes.IALOAD));
            } else if (code >= Opcodes.IASTORE && code <= Opcodes.SASTORE) {
                int kind = code - Opcodes.IASTORE;
                added.add(new VarInsnNode(STORES[kind], spare));
                added.add(new InsnNode(Opcodes.DUP2));
                call(added, "element", "(Ljava/lang/Object;II)V", element(its, kind));
                added.add(new VarInsnNode(STORES[kind] - Opcodes.ISTORE + Opcodes.ILOAD, spare));
            } else if (code == Opcodes.ARRAYLENGTH) {
                added.add(new InsnNode(Opcodes.DUP));
                call(added, "header", "(Ljava/lang/Object;I)V", LineCounter.site(its + "[].length", null, 0));
            }
            method.instructions.insertBefore(each, added);
        }
        InsnList first = new InsnList();
        if (type.equals("io/thicket/sim/kernel/Simulation") && method.name.equals("step") && method.desc.contains("Event")) {
            first.add(new MethodInsnNode(Opcodes.INVOKESTATIC, COUNTER, "step", "()V", false));
        }
        if ((method.access & Opcodes.ACC_STATIC) == 0) {
            first.add(new VarInsnNode(Opcodes.ALOAD, 0));
            call(first, "header", "(Ljava/lang/Object;I)V", LineCounter.site(its + "this:" + simple(type), null, 0));
        }
        method.instructions.insert(first);
        method.maxLocals += 2;
        method.maxStack += 8;
    }

    /** The object stays where it was on the stack, below the value that is to be stored. */
    private static void field(InsnList added, FieldInsnNode access, int site) {
        boolean stores = access.getOpcode() == Opcodes.PUTFIELD;
        boolean wide = Type.getType(access.desc).getSize() == 2;
        if (stores && wide) {
            added.add(new InsnNode(Opcodes.DUP2_X1));
            added.add(new InsnNode(Opcodes.POP2));
            added.add(new InsnNode(Opcodes.DUP));
            call(added, "field", "(Ljava/lang/Object;I)V", site);
            added.add(new InsnNode(Opcodes.DUP_X2));
            added.add(new InsnNode(Opcodes.POP));
            return;
        }
        added.add(new InsnNode(stores ? Opcodes.DUP2 : Opcodes.DUP));
        if (stores) {
            added.add(new InsnNode(Opcodes.POP));
        }
        call(added, "field", "(Ljava/lang/Object;I)V", site);
    }

    private static int element(String its, int kind) {
        return LineCounter.site(its + "[]", null, ELEMENT_BYTES[kind]);
    }

    private static void call(InsnList added, String name, String signature, int site) {
        added.add(new LdcInsnNode(site));
        added.add(new MethodInsnNode(Opcodes.INVOKESTATIC, COUNTER, name, signature, false));
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('/') + 1);
    }
}
